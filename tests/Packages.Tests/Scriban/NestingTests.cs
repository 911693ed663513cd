using Scriban;
using Scriban.Parsing;

namespace Pipelines.Tests.Packages.Scriban;

public class NestingTests
{
    public static TheoryData<string> Deep(int depth) => new()
    {
        { "{{ " + new string('(', depth) + "1" + new string(')', depth) + " }}" },
        { "{{ " + new string('[', depth) + new string(']', depth) + " }}" },
        { "{{ " + new string('!', depth) + "true }}" },
        { "{{ " + string.Concat(Enumerable.Repeat("{a:", depth)) + "1" + new string('}', depth) + " }}" },
        { "{{ 1" + string.Concat(Enumerable.Repeat(" + 1", depth)) + " }}" },
        { "{{ 1" + string.Concat(Enumerable.Repeat(" | math.abs", depth)) + " }}" },
        { string.Concat(Enumerable.Repeat("{{ if true }}", depth)) + string.Concat(Enumerable.Repeat("{{ end }}", depth)) },
        { "{{ if a }}" + string.Concat(Enumerable.Repeat("{{ else if a }}", depth)) + "{{ end }}" },
        { "{{ x = " + string.Concat(Enumerable.Repeat("do; ", depth)) + string.Concat(Enumerable.Repeat("end; ", depth)) + " }}" },
    };

    [Theory]
    [MemberData(nameof(Deep), 20_000)]
    public void Nesting_without_end_is_an_error_and_no_stack_overflow(string template)
    {
        var messages = Template.Parse(template).Messages;

        Assert.Contains(messages, message => message.Message.Contains("depth limit", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Deep), 15)]
    public void Nesting_that_people_write_is_fine(string template) => Templates.Render(template);

    [Fact]
    public void The_limit_is_an_option()
        => Assert.Contains(
            "The statement depth limit `10` was reached when parsing this statement",
            Template.Parse("{{ ((((((((((1)))))))))) }}", parserOptions: new ParserOptions { ExpressionDepthLimit = 10 }).Messages[0].Message,
            StringComparison.Ordinal);
}

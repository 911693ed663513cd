using Scriban;
using Scriban.Parsing;

namespace Pipelines.Tests.Packages.Scriban;

public class ErrorTests
{
    [Theory]
    [InlineData("a\nb {{ 1 + }}", "page.html(2,10) : error : Error while parsing binary expression: Expecting an <expression> to the right of the operator instead of `}}` in: <expression> operator <expression>")]
    [InlineData("{{ x = }}", "page.html(1,8) : error : Error while parsing assign expression: Expecting <expression> instead of `}}` in: <target_expression> = <value_expression>")]
    [InlineData("{{ [1, 2 }}", "page.html(1,10) : error : Unexpected token found `}}` while expecting `]`.")]
    [InlineData("{{ if x }}", "page.html(1,9) : error : Error while parsing if statement: The <end> statement was not found in: if <expression> ... end|else|else if")]
    [InlineData("{{ for.wrong }}", "page.html(1,4) : error : The loop variable <for.wrong> is not supported")]
    [InlineData("{{ x.1 }}", "page.html(1,6) : error : Invalid token `Integer`. The dot operator is expected to be followed by a plain identifier")]
    [InlineData("{{ \"open }}", "page.html(1,11) : error : Unexpected end of file while parsing a string not terminated by a \"")]
    public void An_error_names_file_line_and_column(string template, string expected)
        => Assert.Contains(expected, Templates.Errors(template, "page.html"));

    [Fact]
    public void Messages_carry_their_span()
    {
        var message = Template.Parse("line\n{{ end }}", "page.html").Messages[0];

        Assert.Equal(ParserMessageType.Error, message.Type);
        Assert.Equal("page.html", message.Span.FileName);
        Assert.Equal((1, 5), (message.Span.Start.Line, message.Span.Start.Column));
    }

    [Fact]
    public void Rendering_a_template_with_errors_is_refused()
    {
        var template = Template.Parse("{{ if }}");

        Assert.True(template.HasErrors);
        Assert.StartsWith("This template has errors.", Assert.Throws<InvalidOperationException>(() => template.Render()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_while_rendering_names_the_place_and_the_text_apart()
    {
        var exception = Templates.Failure("\n  {{ 'a' - 1 }}", path: "page.html");

        Assert.Equal("page.html(2,10) : error : Operator `-` is not supported on string objects", exception.Message);
        Assert.Equal("Operator `-` is not supported on string objects", exception.OriginalMessage);
        Assert.Equal((1, 9), (exception.Span.Start.Line, exception.Span.Start.Column));
    }

    [Fact]
    public void An_exception_of_the_model_is_reported_at_the_member()
        => Assert.Equal(
            "<input>(1,4) : error : Unexpected exception while accessing target expression: broken",
            Assert.Throws<global::Scriban.Syntax.ScriptRuntimeException>(() => Templates.Render("{{ o.value }}", ("o", new Broken()))).Message.Replace(
                "Exception has been thrown by the target of an invocation.", "broken", StringComparison.Ordinal));

    [Fact]
    public void An_exception_of_a_function_is_reported_at_the_call()
    {
        var context = new TemplateContext();
        var variables = Templates.Variables();
        global::Scriban.Runtime.ScriptObjectExtensions.Import(variables, "fail", new Func<string, string>(text => throw new InvalidOperationException("no " + text)));
        context.PushGlobal(variables);

        Assert.Equal("<input>(1,7) : error : no x", Templates.Failure("{{ 1; fail 'x' }}", context).Message);
    }

    private sealed class Broken
    {
        private readonly string _reason = "broken";

        public string Value => throw new InvalidOperationException(_reason);
    }
}

namespace Pipelines.Tests.Packages.Scriban;

public class WhitespaceTests
{
    [Theory]
    [InlineData("a \n\n {{- 'x' -}} \n\n b", "axb")]
    [InlineData("a \n {{- 'x' }} b", "ax b")]
    [InlineData("a {{ 'x' -}} \n\t b", "a xb")]
    public void A_minus_takes_all_whitespace_on_its_side(string template, string expected)
        => Assert.Equal(expected, Templates.Render(template));

    [Theory]
    [InlineData("a\n  {{~ 'x' ~}}  \n  b", "a\nx  b")]
    [InlineData("a \t{{~ 'x' ~}} b", "axb")]
    [InlineData("a\n\n{{~ 'x' ~}}\n\nb", "a\n\nx\nb")]
    public void A_tilde_takes_blanks_and_on_the_right_one_line_break(string template, string expected)
        => Assert.Equal(expected, Templates.Render(template));

    [Fact]
    public void A_windows_line_break_counts_as_one()
        => Assert.Equal("a\r\nxb", Templates.Render("a\r\n  {{~ 'x' ~}}\r\nb"));

    [Fact]
    public void A_loop_alone_on_its_lines_leaves_none_behind()
        => Assert.Equal(
            "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>",
            Templates.Render("<ul>\n{{~ for i in [1, 2] ~}}\n  <li>{{ i }}</li>\n{{~ end ~}}\n</ul>"));

    [Fact]
    public void A_code_block_alone_on_a_line_leaves_its_line_break()
        => Assert.Equal("\nA\n\nB", Templates.Render("{{ x = 1 }}\nA\n{{ y = 2 }}\nB"));

    [Fact]
    public void A_text_of_several_lines_keeps_the_indent_of_its_block()
        => Assert.Equal("<p>\n    l1\n    l2\n</p>", Templates.Render("<p>\n    {{ text }}\n</p>", ("text", "l1\nl2")));

    [Fact]
    public void The_indent_can_be_switched_off()
    {
        var context = new global::Scriban.TemplateContext { AutoIndent = false };
        context.PushGlobal(Templates.Variables(("text", "l1\nl2")));

        Assert.Equal("  l1\nl2", Templates.Render("  {{ text }}", context));
    }

    [Theory]
    [InlineData("{%{ {{ raw }} }%}", " {{ raw }} ")]
    [InlineData("{%%{ a }%} b }%%}", " a }%} b ")]
    public void An_escaped_block_is_text(string template, string expected)
        => Assert.Equal(expected, Templates.Render(template));

    [Theory]
    [InlineData("{{ 1 # one }}.", "1.")]
    [InlineData("{{ # first\n 2 }}", "2")]
    [InlineData("a{{ ## several\nlines ## }}b", "ab")]
    public void Comments_print_nothing(string template, string expected)
        => Assert.Equal(expected, Templates.Render(template));
}

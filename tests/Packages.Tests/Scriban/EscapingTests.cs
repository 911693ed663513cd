namespace Pipelines.Tests.Packages.Scriban;

public class EscapingTests
{
    [Fact]
    public void Nothing_is_escaped_unless_asked_for()
        => Assert.Equal("<b> & \"", Templates.Render("{{ text }}", ("text", "<b> & \"")));

    [Theory]
    [InlineData("<script>", "&lt;script&gt;")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("\"'", "&quot;&#39;")]
    [InlineData("déjà", "d&#233;j&#224;")]
    [InlineData("œ 漢", "œ 漢")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Html_escape_makes_text_safe_in_elements_and_attributes(string? text, string expected)
        => Assert.Equal(expected, Templates.Render("{{ text | html.escape }}", ("text", text)));

    [Fact]
    public void Escaping_twice_escapes_the_escapes()
        => Assert.Equal("&amp;lt;", Templates.Render("{{ '<' | html.escape | html.escape }}"));

    [Theory]
    [InlineData("a b&c/d", "a%20b%26c%2Fd", "a%20b&c/d")]
    [InlineData("é", "%C3%A9", "%C3%A9")]
    public void Addresses_are_encoded_in_part_or_whole(string text, string encoded, string escaped)
        => Assert.Equal($"{encoded} {escaped}", Templates.Render("{{ t | html.url_encode }} {{ t | html.url_escape }}", ("t", text)));

    [Fact]
    public void Tags_scripts_and_comments_are_stripped()
        => Assert.Equal("ab", Templates.Render("{{ t | html.strip }}", ("t", "<p class=\"x>y\">a</p><!-- c --><script>1 < 2</script>b")));

    [Fact]
    public void Json_is_compact_and_uses_the_names_of_the_template()
        => Assert.Equal(
            """{"name":"a\u003C","values":[1,2.5,null,true]}""",
            Templates.Render("{{ x | object.to_json }}", ("x", new { Name = "a<", Values = new object?[] { 1, 2.5, null, true } })));
}

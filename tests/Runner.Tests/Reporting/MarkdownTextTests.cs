using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Markdown;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("a\nb\n\nc", "<p>a b</p>\n<p>c</p>\n")]
    [InlineData("# One\n### Two\n# Three", "<h3>One</h3>\n<h4>Two</h4>\n<h3>Three</h3>\n")]
    [InlineData("> ###### deep\n\nnext\n====", "<blockquote>\n<h3>deep</h3>\n</blockquote>\n<h3>next</h3>\n")]
    [InlineData("- a\n- b\n\n1. c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>\n")]
    [InlineData("- a\n  goes on\n* b", "<ul>\n<li>a goes on</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n")]
    [InlineData("**a** *b* _c_ `*d*`", "<p><strong>a</strong> <em>b</em> <em>c</em> <code>*d*</code></p>\n")]
    [InlineData("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>\n")]
    [InlineData("```\n<b> & *c*\n```\nd", "<pre tabindex=\"0\"><code>&lt;b&gt; &amp; *c*\n</code></pre>\n<p>d</p>\n")]
    [InlineData("```\nnever closed", "<pre tabindex=\"0\"><code>never closed\n</code></pre>\n")]
    [InlineData("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n")]
    public void Markdown_becomes_html(string markdown, string html) => Assert.Equal(html, MarkdownText.ToHtml(markdown, "en"));

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n")]
    [InlineData("<script>\nalert(1)\n</script>", "<p>&lt;script&gt; alert(1) &lt;/script&gt;</p>\n")]
    [InlineData("# a {#id onclick=alert(1)}", "<h3>a {#id onclick=alert(1)}</h3>\n")]
    [InlineData("&lt;b&gt; &amp;amp; <!-- c -->", "<p>&lt;b&gt; &amp;amp; &lt;!-- c --&gt;</p>\n")]
    public void Html_is_text(string markdown, string html) => Assert.Equal(html, MarkdownText.ToHtml(markdown, "en"));

    [Theory]
    [InlineData("[a](https://b.c/d?e=1&f=2)", "<a href=\"https://b.c/d?e=1&amp;f=2\">a</a>")]
    [InlineData("https://b.c", "<a href=\"https://b.c\">https://b.c</a>")]
    [InlineData("[a](#section-results)", "<a href=\"#section-results\">a</a>")]
    [InlineData("<a@b.c> [d](mailto:a@b.c)", "<a href=\"mailto:a@b.c\">a@b.c</a> <a href=\"mailto:a@b.c\">d</a>")]
    [InlineData("![a picture](https://b.c/d.png)", "<a href=\"https://b.c/d.png\">a picture</a>")]
    [InlineData("![a](b.png)", "a (b.png)")]
    [InlineData("[*a* b](javascript:alert(1))", "<em>a</em> b (javascript:alert(1))")]
    [InlineData("[a]\n\n[a]: JavaScript:alert(1)", "a (JavaScript:alert(1))")]
    [InlineData("x [a](java&#x0a;script:alert(1))", "x a (java\nscript:alert(1))")]
    [InlineData("<javascript:alert(1)>", "javascript:alert(1)")]
    [InlineData("[a](data:text/html,b) [c](vbscript:d) [e](file:///f) [g](/h) [i](//j) [k](l.md)",
        "a (data:text/html,b) c (vbscript:d) e (file:///f) g (/h) i (//j) k (l.md)")]
    public void Links_lead_to_pages_mail_addresses_and_places_of_the_report(string markdown, string html) =>
        Assert.Equal($"<p>{html}</p>\n", MarkdownText.ToHtml(markdown, "en"));

    [Fact]
    public void Tables_are_those_of_the_report() => Assert.Equal(
        """
        <div class="scroll" tabindex="0">
        <table aria-label="a, b">
        <thead>
        <tr>
        <th scope="col">a</th>
        <th class="num" scope="col"><em>b</em></th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td>c|d</td>
        <td class="num">1</td>
        </tr>
        <tr>
        <td>e</td>
        <td class="num"></td>
        </tr>
        </tbody>
        </table>
        </div>

        """, MarkdownText.ToHtml("| a | *b* |\n|---|--:|\n| c\\|d | 1 |\n| e |", "en"));

    [Fact]
    public void Footnotes_lead_there_and_back()
    {
        var html = MarkdownText.ToHtml("a[^1]\n\n[^1]: *b*", "en");

        Assert.Contains("<p>a<a id=\"fnref:1\" href=\"#fn:1\"", html, StringComparison.Ordinal);
        Assert.Contains("<li id=\"fn:1\">\n<p><em>b</em><a href=\"#fnref:1\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x $a_1 * b_2 * c < d$", "<p>x <span class=\"math\">$a_1 * b_2 * c &lt; d$</span></p>\n")]
    [InlineData("$$\na_1 < b' :\n$$", "<pre class=\"math\" tabindex=\"0\">a_1 &lt; b' :\n</pre>\n")]
    [InlineData("from $5 to $6", "<p>from $5 to $6</p>\n")]
    public void Formulas_stay_as_they_are(string markdown, string html) => Assert.Equal(html, MarkdownText.ToHtml(markdown, "fr"));

    [Fact]
    public void Text_is_set_as_printers_do_across_lines_and_emphasis_and_code_is_not() =>
        Assert.Equal(
            "<p>l’un\u202F: «\u202F<em>l’autre\u202F!</em>\u202F» <code>l'un :</code></p>\n",
            MarkdownText.ToHtml("l'un\n: « *l'autre !* » `l'un :`", "fr"));

    [Theory]
    [InlineData('>')]
    [InlineData('[')]
    public void What_is_nested_without_end_is_refused_in_words(char sign) =>
        Assert.Contains("too deeply",
            Assert.Throws<ReportException>(() => MarkdownText.ToHtml(new string(sign, 20_000) + " x", "en")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_long_paragraph_is_one_text() =>
        Assert.Equal($"<p>{string.Join(' ', Enumerable.Repeat("l’un", 50_000))}</p>\n",
            MarkdownText.ToHtml(string.Join('\n', Enumerable.Repeat("l'un", 50_000)), "fr"));
}

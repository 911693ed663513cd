using Pipelines.Runner.Reporting.Markdown;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("a\nb\n\nc", "<p>a b</p>\n<p>c</p>\n")]
    [InlineData("# One\n### Two\n# Three", "<h3>One</h3>\n<h4>Two</h4>\n<h3>Three</h3>\n")]
    [InlineData("- a\n- b\n\n1. c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>\n")]
    [InlineData("- a\n  goes on\n* b", "<ul>\n<li>a goes on</li>\n<li>b</li>\n</ul>\n")]
    [InlineData("**a** *b* _c_ `*d*`", "<p><strong>a</strong> <em>b</em> <em>c</em> <code>*d*</code></p>\n")]
    [InlineData("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>\n")]
    [InlineData("```\n<b> & *c*\n```\nd", "<pre><code>&lt;b&gt; &amp; *c*</code></pre>\n<p>d</p>\n")]
    [InlineData("```\nnever closed", "<pre><code>never closed</code></pre>\n")]
    [InlineData("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n")]
    [InlineData("> quoted", "<blockquote><p>quoted</p></blockquote>\n")]
    public void Markdown_becomes_html(string markdown, string html) => Assert.Equal(html, MarkdownText.ToHtml(markdown, "en"));
}

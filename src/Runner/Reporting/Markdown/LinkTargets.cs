using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Pipelines.Runner.Reporting.Markdown;

/// <summary>
/// Lets links lead to web pages, mail addresses and places of the report. Any other target, such as a script or a file that the
/// reader of the report has not got, becomes text behind the words of its link. Pictures become links: a report is one file, which
/// loads nothing.
/// </summary>
internal static class LinkTargets
{
    public static void Restrict(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            link.IsImage = false;
            if (!IsAllowed(link.Url))
                ReplaceByText(link);
        }
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
            if (!link.IsEmail && !IsAllowed(link.Url))
                link.ReplaceBy(new LiteralInline(link.Url));
    }

    private static bool IsAllowed(string? target) =>
        target is not null && (target.StartsWith('#') || (Uri.TryCreate(target, UriKind.Absolute, out var uri) && IsAllowed(uri)));

    // On Linux a path that begins with a slash is a URI of a file.
    private static bool IsAllowed(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto;

    private static void ReplaceByText(LinkInline link)
    {
        var words = string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
        Inline last = link;
        foreach (var inline in link.ToList())
        {
            inline.Remove();
            last.InsertAfter(inline);
            last = inline;
        }
        if (link.Url is { Length: > 0 } target && target != words)
            last.InsertAfter(new LiteralInline(words.Length == 0 ? target : $" ({target})"));
        link.Remove();
    }
}

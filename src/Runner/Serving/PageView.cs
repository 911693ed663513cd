namespace Pipelines.Runner.Serving;

/// <summary>What the template of a page prints, as <c>page</c>: texts in the language of the page, not yet escaped.</summary>
/// <param name="Template">From <c>reports-templates/pages</c>.</param>
/// <param name="Section">The link of the navigation that leads here; null: none does.</param>
internal abstract record PageView(string Template, string Title, string? Section)
{
    /// <summary>Names of files among the <see cref="Assets"/>.</summary>
    public virtual IReadOnlyList<string> Scripts => [];

    /// <summary>Whether it changes by itself: without a script, the browser asks for it again every few seconds.</summary>
    public virtual bool IsLive => false;
}

/// <summary>What stands around every page, as <c>frame</c>.</summary>
/// <param name="OtherUrl">The same page in the other language.</param>
internal sealed record PageFrame(
    string Language, string Title, string OtherLanguage, string OtherUrl, IReadOnlyList<NavigationLink> Navigation);

internal sealed record NavigationLink(string Url, string Text, bool IsCurrent);

/// <summary>The links at the top of every page.</summary>
internal static class Navigation
{
    public const string Runs = "page_runs", Reports = "page_reports", Try = "page_try";

    public static IReadOnlyList<(string Url, string Phrase)> Links { get; } = [("/", Runs), ("/reports", Reports), ("/try", Try)];
}

/// <summary>What went wrong, in place of a page.</summary>
internal sealed record MessagePage(string Message, string? More) : PageView("message", Message, null);

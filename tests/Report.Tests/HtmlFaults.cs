using AngleSharp.Dom;
using AngleSharp.Html.Dom.Events;
using AngleSharp.Html.Parser;

namespace Pipelines.Tests.Report;

/// <summary>What a page has against the HTML standard: as its parser sees it, and by what the standard lets an element hold.</summary>
internal static class HtmlFaults
{
    // Elements that hold text and what may stand in a line of it.
    private static readonly string[] s_ofLines =
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "em", "code", "dt", "summary", "a", "pre"];

    private static readonly string[] s_blocks =
    [
        "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
    ];

    private static readonly Dictionary<string, string[]> s_children = new(StringComparer.Ordinal)
    {
        ["ul"] = ["li"],
        ["ol"] = ["li"],
        ["dl"] = ["dt", "dd", "div"],
        ["table"] = ["caption", "colgroup", "thead", "tbody", "tfoot"],
        ["thead"] = ["tr"],
        ["tbody"] = ["tr"],
        ["tr"] = ["th", "td"],
    };

    public static IReadOnlyList<string> Of(string html)
    {
        List<string> faults = [];
        HtmlParser parser = new(new() { IsKeepingSourceReferences = true });
        parser.Error += (_, found) =>
        {
            if (found is HtmlErrorEvent error)
                faults.Add($"line {error.Position.Line}: {error.Message}");
        };
        var page = parser.ParseDocument(html);
        faults.AddRange(page.All.SelectMany(FaultsOf));
        var ids = page.All.Where(element => element.HasAttribute("id")).Select(element => element.Id ?? "").ToList();
        faults.AddRange(ids.GroupBy(id => id, StringComparer.Ordinal)
            .Where(same => same.Count() > 1 || same.Key.Length == 0 || same.Key.Any(char.IsWhiteSpace))
            .Select(same => $"id '{same.Key}' ({same.Count()} times)"));
        faults.AddRange(page.All.SelectMany(References).Except(ids).Select(id => $"nothing has the id '{id}'"));
        return faults;
    }

    private static IEnumerable<string> FaultsOf(IElement element)
    {
        var (name, children) = (element.LocalName, element.Children);
        if (s_children.TryGetValue(name, out var allowed))
            foreach (var child in children.Where(child => !allowed.Contains(child.LocalName)))
                yield return $"{child.LocalName} in {name}: {Start(child)}";
        if (s_ofLines.Contains(name))
            foreach (var child in children.Where(child => s_blocks.Contains(child.LocalName)))
                yield return $"{child.LocalName} in {name}: {Start(child)}";
        if (name == "a" && element.ParentElement?.Closest("a, summary, button") is not null)
            yield return $"a link within what is pressed itself: {Start(element)}";
        if (name == "figcaption" && (element.ParentElement is not { LocalName: "figure" } figure
            || (figure.FirstElementChild != element && figure.LastElementChild != element)))
            yield return $"a caption that is neither the first nor the last of its figure: {Start(element)}";
        if (name == "details"
            && (element.FirstElementChild is not { LocalName: "summary" } || children.Count(child => child.LocalName == "summary") > 1))
            yield return $"details without one summary at its beginning: {Start(element)}";
        if (name == "tr" && element.Closest("table") is { } table && Width(element) != Width(table.QuerySelector("tr")!))
            yield return $"a row of another width than the first: {Start(element)}";
    }

    private static int Width(IElement row) =>
        row.Children.Sum(cell => int.TryParse(cell.GetAttribute("colspan"), out var columns) ? columns : 1);

    private static IEnumerable<string> References(IElement element)
    {
        string[] lists = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"];
        foreach (var list in lists)
            foreach (var id in (element.GetAttribute(list) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return id;
        if (element.GetAttribute("href") is ['#', _, ..] anchor)
            yield return anchor[1..];
    }

    private static string Start(IElement element) => element.OuterHtml[..Math.Min(90, element.OuterHtml.Length)];
}

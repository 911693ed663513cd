using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Reporting.Verification;

/// <summary>The page and the files of an archive: whether they are as they were made, and as they would be made again.</summary>
/// <param name="made">What the repository makes of the results in its store; null: it lacks some.</param>
/// <param name="whyNot">Why there is nothing to compare with.</param>
internal sealed partial class FileVerification(HandedIn handed, IReadOnlyDictionary<string, byte[]>? made, string? whyNot)
{
    // How much of what is equal is shown before what is not.
    private const int Context = 24;

    public IReadOnlyList<Verified> All() => [Page(), .. Archived()];

    private Verified Page()
    {
        if (made is not null)
        {
            var again = Encoding.UTF8.GetString(made[HandIn.Page]);
            return (FirstDifference(ReportRecord.WithoutRun(handed.Page), ReportRecord.WithoutRun(again))
                    ?? ForeignPart(handed.Page, again)) is { } difference
                ? new(HandIn.Page, Confirmation.Different, difference)
                : new(HandIn.Page, Confirmation.Confirmed, "made again, it is the same but for the chapter about the run");
        }
        return handed.Record is not { } record
            ? new(HandIn.Page, Confirmation.Unknown, $"it has no record of what it is made from; {whyNot}")
            : record.Page != ReportRecord.HashOf(handed.Page)
                ? new(HandIn.Page, Confirmation.Different, "it was changed after it was made: its hash is another")
            : ForeignPart(handed.Page, "") is { } foreign
                ? new(HandIn.Page, Confirmation.Unknown, $"{foreign}, unless their template is one of the project; {whyNot}")
            : new(HandIn.Page, Confirmation.Locked, $"as it was made by its own hash; {whyNot}");
    }

    private IEnumerable<Verified> Archived()
    {
        foreach (var (name, hash) in handed.Listed.OrderBy(file => file.Key, StringComparer.Ordinal))
            if (Archived(name, hash) is { } wrong)
                yield return wrong;
        foreach (var name in handed.Files.Keys.Except(handed.Listed.Keys).Except([HandIn.Manifest]).Order(StringComparer.Ordinal))
            yield return new(name, Confirmation.Different, $"{HandIn.Manifest} does not list it");
    }

    // The page is told by itself, and what differs from run to run is not made again.
    private Verified? Archived(string name, string? hash) =>
        !handed.Files.TryGetValue(name, out var content) ? new(name, Confirmation.Different, "it is missing")
        : HandIn.HashOf(content) != hash ? new(name, Confirmation.Different, $"its hash is not the one in {HandIn.Manifest}")
        : name == HandIn.Page || made is null || !made.TryGetValue(name, out var again) ? null
        : content.AsSpan().SequenceEqual(again) ? new(name, Confirmation.Confirmed)
        : new(name, Confirmation.Different, FirstDifference(Encoding.UTF8.GetString(content), Encoding.UTF8.GetString(again)));

    private static string? ForeignPart(string page, string again) =>
        ReportRecord.ForeignToRun(page).Except(ReportRecord.ForeignToRun(again)).FirstOrDefault() is { } part
            ? $"the chapter about the run has '{part}', which reports do not have there"
            : null;

    private static string? FirstDifference(string stated, string again)
    {
        if (stated == again)
            return null;
        string[] first = stated.Split('\n'), second = again.Split('\n');
        var differing = Enumerable.Range(0, Math.Max(first.Length, second.Length))
            .Where(line => first.ElementAtOrDefault(line) != second.ElementAtOrDefault(line)).ToList();
        // The line with the hash of the page differs whenever another one does.
        var told = differing.Find(
            line => first.ElementAtOrDefault(line)?.StartsWith("<meta name=\"record\"", StringComparison.Ordinal) != true);
        var (here, there) = (Plain(first.ElementAtOrDefault(told)), Plain(second.ElementAtOrDefault(told)));
        var same = here.AsSpan().CommonPrefixLength(there);
        return FormattableString.Invariant($"line {told + 1} says {From(here, same)}; made again it says {From(there, same)}");
    }

    private static string From(string line, int same) =>
        Quoted.Short((same > Context ? "…" : "") + line[Math.Max(0, Math.Min(same, line.Length) - Context)..]);

    private static string Plain(string? line) => Blanks().Replace(WebUtility.HtmlDecode(Tag().Replace(line ?? "", " ")), " ").Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The shortest or the longest third of the texts is answered wrongly more often than the other.</summary>
internal sealed class TextLength : IFindingRule
{
    private const int Parts = 3;

    public string Id => "length";

    public FindingTopic Topic => FindingTopic.Texts;

    public Finding? Of(FindingData data)
    {
        if (data.Answers.Count < Parts)
            return null;
        var lengths = data.Answers.Select(answer => Words(answer.Text)).ToList();
        var sorted = lengths.Order().ToList();
        var (most, least) = (sorted[sorted.Count / Parts], sorted[sorted.Count * (Parts - 1) / Parts]);
        if (most >= least)
            return null;
        var rows = data.Answers.Zip(lengths).ToList();
        var few = Slice.Of("finding_short", rows.Where(row => row.Second <= most).Select(row => row.First));
        var many = Slice.Of("finding_long", rows.Where(row => row.Second >= least).Select(row => row.First));
        if (!few.IsBelow(many) && !many.IsBelow(few))
            return null;
        return new(57 + (50 * Math.Abs(few.Share - many.Share)), new Dictionary<string, FindingValue>
        {
            ["short"] = FindingValue.Share(few.Share),
            ["most"] = FindingValue.Words(most),
            ["long"] = FindingValue.Share(many.Share),
            ["least"] = FindingValue.Words(least),
        })
        {
            Variant = few.IsBelow(many) ? "_short" : "",
            Figure = Slice.Figure("finding_length_of_texts", few, many),
            Source = new("", "", FindingSections.Data),
        };
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}

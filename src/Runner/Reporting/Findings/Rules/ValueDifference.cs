namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Of a setting with one training a value, which values the best one can be told from, on the same rows.</summary>
internal sealed class ValueDifference : IFindingRule
{
    public string Id => "values";

    public FindingTopic Topic => FindingTopic.Effects;

    public Finding? Of(FindingData data)
    {
        if (data.Axis is not { } axis)
            return null;
        List<Rival> values = [new(data.Model, [.. data.Answers.Select(answer => answer.IsRight)]) { Value = axis.Value },
            .. data.Rivals.Where(rival => rival.Value is not null)];
        if (values.Count < 2 || data.Answers.Count == 0)
            return null;
        values = [.. values.OrderByDescending(value => value.Right)];
        // All models count for the correction, as where all of them are compared.
        var pValues = PairTests.PValues(
            [.. values.Concat(data.Rivals.Where(rival => rival.Value is null)).Select(model => model.IsRight)]);
        var worse = values.Where((_, i) => i > 0 && pValues[(0, i)] < PairTests.Significance).ToList();
        // The nearest of those that are worse; where none is, the last one, which is furthest.
        var other = worse.Count > 0 ? worse[0] : values[^1];
        // Said already, as what was asked.
        if (data.Compared.Any(pair => pair.IsOf(values[0].Model, other.Model)))
            return null;
        // Others are as good as the best one only where they can be told from each of these too.
        List<Rival> better = [.. values.Where((value, i) => i == 0 || (!worse.Contains(value) && worse.TrueForAll(
            one => i < values.IndexOf(one) && pValues[(i, values.IndexOf(one))] < PairTests.Significance)))];
        return new(FindingRules.RankOfEffect(93.5, axis.Key, data), new Dictionary<string, FindingValue>(
            PairTests.Values(values[0], other, pValues[(0, values.IndexOf(other))]))
        {
            ["axis"] = axis.Key,
            // A number alone does not say what it is.
            ["of_axis"] = FindingValue.Clauses("finding_of_axis",
                values.TrueForAll(value => FindingValue.NumberOf(value.Value!) is not null)
                ? [new Dictionary<string, FindingValue> { ["axis"] = axis.Key }] : []),
            ["names"] = FindingValue.Settings(Names(values)),
            ["better"] = FindingValue.Settings(Names(better)),
            ["worse"] = FindingValue.Settings(Names(worse)),
            ["count"] = better.Count,
            ["first"] = FindingValue.Settings(Names([values[0]])),
            ["other"] = FindingValue.Settings(Names([other])),
        })
        {
            IsMeasurable = worse.Count > 0,
            Variant = worse.Count > 0 ? "_measured" : "",
            Figure = Slice.Figure(
                "finding_values", [.. values.Select(value => value.AsSlice(value.Value!))]),
            Source = new("", "", FindingSections.Sweep),
        };
    }

    private static List<string> Names(List<Rival> values) => values.ConvertAll(value => value.Value!);
}

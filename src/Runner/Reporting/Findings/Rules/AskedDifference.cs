namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The models whose difference the hypothesis bounds, on the same rows: what the run was made to find out.</summary>
internal sealed class AskedDifference : IFindingRule
{
    // Of more no sentence is read to its end; a comparison has all.
    private const int PairsTold = 3;

    public string Id => "question";

    public FindingTopic Topic => FindingTopic.Models;

    public Finding? Of(FindingData data)
    {
        // What a setting changes is measured on more than two cells where there are more.
        if (data.Compared.Count == 0 || (data.Effects.Count > 0 && data.Compared.All(pair => pair.AreCells)))
            return null;
        // All models count for the correction, as where all of them are compared.
        List<Rival> models =
        [
            .. data.Compared.SelectMany(pair => new[] { pair.First, pair.Second })
                .Append(new(data.Model, [.. data.Answers.Select(answer => answer.IsRight)])).Concat(data.Rivals)
                .Where(model => model.IsRight.Count == data.Compared[0].First.IsRight.Count).DistinctBy(model => model.Model),
        ];
        var pValues = PairTests.PValues([.. models.Select(model => model.IsRight)]);
        List<Dictionary<string, FindingValue>> pairs =
            [.. data.Compared.Select(pair => ValuesOf(pair, PValueOf(pValues, PlaceOf(pair.First), PlaceOf(pair.Second))))];
        var (first, second) = (data.Compared[0].First.Share, data.Compared[0].Second.Share);
        var isMeasurable = PValueOf(pValues, PlaceOf(data.Compared[0].First), PlaceOf(data.Compared[0].Second)) < PairTests.Significance;
        pairs[0]["also"] = FindingValue.Clauses("finding_question_also", [.. pairs.Skip(1).Take(PairsTold - 1)]);
        return new(94.5, pairs[0])
        {
            IsAsked = true,
            IsMeasurable = isMeasurable,
            Variant = !isMeasurable ? "" : first > second ? "_better" : "_worse",
            Figure = Slice.Figure("finding_models", [.. data.Compared.SelectMany(pair => new[] { pair.First, pair.Second })
                .DistinctBy(model => model.Model).Select(model => model.Slice(model.Model))]),
            Source = new("", "", FindingSections.Comparison),
        };

        int PlaceOf(Rival model) => models.FindIndex(known => known.Model == model.Model);
    }

    private static Dictionary<string, FindingValue> ValuesOf(ComparedPair pair, double pValue) =>
        new(PairTests.Values(pair.First, pair.Second, pValue)) { ["first"] = pair.First.Model, ["second"] = pair.Second.Model };

    private static double PValueOf(IReadOnlyDictionary<(int First, int Second), double> pValues, int one, int other) =>
        pValues[(Math.Min(one, other), Math.Max(one, other))];
}

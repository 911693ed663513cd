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
        if (data.Compared.Count == 0 || (SettingEffect.IsMeasured(data) && data.Compared.All(pair => pair.AreCells)))
            return null;
        // All models count for the correction, as where all of them are compared.
        List<Rival> models =
        [
            .. data.Compared.SelectMany(pair => new[] { pair.First, pair.Second })
                .Append(new(data.Model, [.. data.Answers.Select(answer => answer.IsRight)])).Concat(data.Rivals)
                .Where(model => model.IsRight.Count == data.Compared[0].First.IsRight.Count).DistinctBy(model => model.Model),
        ];
        var pValues = PairTests.PValues([.. models.Select(model => model.IsRight)]);
        var asked = data.Compared[0];
        return new(94.5, new Dictionary<string, FindingValue>(ValuesOf(asked))
        {
            ["also"] = FindingValue.Clauses("finding_question_also", [.. data.Compared.Skip(1).Take(PairsTold - 1).Select(ValuesOf)]),
        })
        {
            IsAsked = true,
            IsMeasurable = PValueOf(asked) < PairTests.Significance,
            Variant = PairTests.Variant(asked.First.Share - asked.Second.Share, PValueOf(asked)),
            Figure = Slice.Figure("finding_models", [.. data.Compared.SelectMany(pair => new[] { pair.First, pair.Second })
                .DistinctBy(model => model.Model).Select(model => model.AsSlice(model.Model))]),
            Source = new("", "", FindingSections.Comparison),
        };

        Dictionary<string, FindingValue> ValuesOf(ComparedPair pair) => new(PairTests.Values(pair.First, pair.Second, PValueOf(pair)))
        {
            ["first"] = pair.First.Model,
            ["second"] = pair.Second.Model,
        };

        double PValueOf(ComparedPair pair) => pValues[(PlaceOf(pair.First), PlaceOf(pair.Second))];

        int PlaceOf(Rival model) => models.FindIndex(known => known.Model == model.Model);
    }
}

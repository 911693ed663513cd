using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;

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
        var (first, second) = (Share(data.Compared[0].First), Share(data.Compared[0].Second));
        var isMeasurable = PValueOf(pValues, PlaceOf(data.Compared[0].First), PlaceOf(data.Compared[0].Second)) < PairTests.Significance;
        pairs[0]["also"] = FindingValue.Clauses("finding_question_also", [.. pairs.Skip(1).Take(PairsTold - 1)]);
        return new(94.5, pairs[0])
        {
            IsAsked = true,
            IsMeasurable = isMeasurable,
            Variant = !isMeasurable ? "" : first > second ? "_better" : "_worse",
            Figure = Slice.Figure("finding_models", [.. data.Compared.SelectMany(pair => new[] { pair.First, pair.Second })
                .DistinctBy(model => model.Model).Select(model => new Slice(model.Model, model.IsRight.Count, Right(model)))]),
            Source = new("", "", FindingSections.Comparison),
        };

        int PlaceOf(Rival model) => models.FindIndex(known => known.Model == model.Model);
    }

    private static Dictionary<string, FindingValue> ValuesOf(ComparedPair pair, double pValue)
    {
        var (low, high) = McNemar.Of(pair.First.IsRight, pair.Second.IsRight).DifferenceInterval(pair.First.IsRight.Count);
        return new()
        {
            ["first"] = pair.First.Model,
            ["second"] = pair.Second.Model,
            ["right"] = FindingValue.Share(Share(pair.First)),
            ["other"] = FindingValue.Share(Share(pair.Second)),
            ["difference"] = new(Share(pair.First) - Share(pair.Second), ValueFormat.Points),
            ["low"] = new(low, ValueFormat.Points),
            ["high"] = new(high, ValueFormat.Points),
            ["p"] = FindingValue.PValue(pValue),
        };
    }

    private static double PValueOf(IReadOnlyDictionary<(int First, int Second), double> pValues, int one, int other) =>
        pValues[(Math.Min(one, other), Math.Max(one, other))];

    private static long Right(Rival model) => model.IsRight.LongCount(right => right);

    private static double Share(Rival model) => Right(model) / (double)model.IsRight.Count;
}

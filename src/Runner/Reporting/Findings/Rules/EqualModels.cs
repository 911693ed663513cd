using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>Whether the model that comes next is worse by more than chance gives, on the same rows.</summary>
internal sealed class EqualModels : IFindingRule
{
    private const int ModelsShown = 6;
    private const double Near = 0.1;

    public string Id => "rivals";

    public FindingTopic Topic => FindingTopic.Models;

    public Finding? Of(FindingData data)
    {
        if (data.Rivals.Count == 0 || data.Answers.Count == 0)
            return null;
        var rivals = data.Rivals.OrderByDescending(rival => rival.Right).ToList();
        var next = rivals[0];
        // What was tried with several values is an effect, and told as one.
        if (next.IsCell)
            return null;
        List<bool> own = [.. data.Answers.Select(answer => answer.IsRight)];
        var test = McNemar.Of(own, next.IsRight);
        var pValue = PairTests.PValues([own, .. rivals.Select(rival => rival.IsRight)])[(0, 1)];
        var all = Slice.Of(data.Model, data.Answers);
        Slice[] slices = [all, .. rivals.Take(ModelsShown - 1)
            .Select(rival => rival.AsSlice(rival.Model))];
        // Which of two that are near is better is what a comparison is for; that a baseline is beaten goes without saying.
        var isNear = all.Share - slices[1].Share < Near;
        return new(isNear ? 88 : 62, new Dictionary<string, FindingValue>
        {
            ["stage"] = data.Model,
            ["rival"] = next.Model,
            ["count"] = rivals.Count,
            ["right"] = FindingValue.Share(all.Share),
            ["other"] = FindingValue.Share(slices[1].Share),
            ["only"] = test.OnlyFirst,
            ["only_rival"] = test.OnlySecond,
            ["p"] = FindingValue.PValue(pValue),
        })
        {
            IsAnswer = isNear,
            Variant = PairTests.Variant(test.OnlyFirst - test.OnlySecond, pValue),
            Figure = Slice.Figure("finding_models", slices),
            Source = new("", "", FindingSections.Comparison),
        };
    }
}

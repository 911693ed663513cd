using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>What stages have to say beyond the main text: gathered while the chapters are made, told in the annex.</summary>
internal sealed class Details(ReportContext context)
{
    private readonly List<LeftItems> _left = [];

    // The first method is shown on more texts than those that are compared with it.
    private bool _hasTexts;

    public IReadOnlyList<LeftItems> Left => _left;

    /// <summary>Leaves a stage that the main text does not tell of to the annex, folded.</summary>
    public void Leave(StageResult result, List<CardItem> items)
    {
        if (items.Count > 0)
            context.Numbering.PlaceStage(result.Id, Add(result, items, isFolded: true));
    }

    /// <summary>What stays in the main text, and the place of the annex where the rest will stand; null: nothing is left.</summary>
    public (List<CardItem> Main, string? More) Split(StageResult result, List<CardItem> items)
    {
        var told = IsOfOtherLabels(result) ? items.FindAll(item => item is Warning || IsAnswered(result, item)) : MainOf(result, items);
        List<CardItem> main = [], left = [];
        foreach (var item in items)
        {
            var (beginning, rest) = !told.Contains(item, ReferenceEqualityComparer.Instance) ? (null, item)
                : IsAnswered(result, item) ? (item, null) : Beginning.Of(item, _hasTexts);
            _hasTexts |= beginning is TokensFigure;
            if (beginning is not null)
                main.Add(beginning);
            if (rest is not null)
                left.Add(rest);
            if (beginning is not null && rest is not null)
                context.Numbering.Cut(result.Id, item.Name);
        }
        if (left.Count == 0)
            return (items, null);
        var id = Add(result, left, isFolded: false);
        if (main.Count == 0)
            context.Numbering.PlaceStage(result.Id, id);
        return (main, "#" + id);
    }

    private string Add(StageResult result, List<CardItem> items, bool isFolded)
    {
        var id = context.Numbering.Id("details", result.Id);
        _left.Add(new(result, id, items, isFolded));
        return id;
    }

    // As its kind says; else the first table and the first figure, two curves being one. What the authors write about stays, and
    // where no model is told of, what was done to the data is what there is to tell.
    private List<CardItem> MainOf(StageResult result, List<CardItem> items)
    {
        var named = result.Report.Main is { Count: 0 } && context.Verdict.Chosen is null ? null : result.Report.Main;
        var table = items.OfType<Grid>().FirstOrDefault();
        var figure = items.OfType<Figure>().FirstOrDefault();
        return items.FindAll(item => item is Warning || (item is Fact && named is not { Count: 0 })
            || (named is not null ? named.Contains(item.Name) : ReferenceEquals(item, table) || ReferenceEquals(item, figure)
                || (item is LineFigure && figure is LineFigure && items.IndexOf(item) == items.IndexOf(figure) + 1))
            || IsAnswered(result, item));
    }

    // The first letters of codes are not what a model of whole codes is asked: another stage tells of those that are.
    private bool IsOfOtherLabels(StageResult result) => !result.Report.IsEvaluation && context.Verdict.Chosen is { } chosen
        && LabelLength.Before(chosen.Of[0].Stage.Id, context.Results) is var asked && LabelLength.Written(result) is { } length
        && length != asked && context.Results.Any(other => other.Kind == result.Kind && LabelLength.Written(other) == asked);

    private bool IsAnswered(StageResult result, CardItem item) =>
        context.Answers?.Contains($"{result.Id}.{item.Name}", StringComparison.Ordinal) == true;
}

/// <param name="Id">The place in the annex.</param>
internal sealed record LeftItems(StageResult Result, string Id, IReadOnlyList<CardItem> Items, bool IsFolded);

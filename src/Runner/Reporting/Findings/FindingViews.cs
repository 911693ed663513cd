using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Findings as the first page shows them. Made after the chapters, since each leads to a numbered item of one.</summary>
internal sealed class FindingViews(ReportContext context, IReadOnlyList<SectionView> sections)
{
    /// <summary>Names of rules' figures that are keys of the language files and no data.</summary>
    private const string Key = "finding_";

    private readonly FindingText _text = new(context.Language, context.FindingData.Split);

    public IReadOnlyList<FindingView> Told() => [.. FindingRules.Told(context.Findings).Select(ViewOf)];

    public IReadOnlyList<string> Limits() => [.. FindingRules.Limits(context.Findings).Select(_text.Sentence)];

    /// <summary>Of which training the findings are where the score is the mean of several; null: there is one.</summary>
    public string? Note() => context.Verdict.Chosen is not { Of.Count: > 1 } chosen
        || FindingRules.Told(context.Findings).All(found => found.Rule.Topic == FindingTopic.Effects) ? null
        : context.Language.Phrase("findings_of_one", ("count", context.Language.Numbers.Of(chosen.Of.Count)),
            ("stage", chosen.Of[0].Stage.Id), ("right", context.Language.Numbers.Percent(context.FindingData.Right)));

    private FindingView ViewOf(RuledFinding found)
    {
        var id = context.Numbering.Id("finding", found.Rule.Id);
        var figure = found.Finding.Figure?.Rename(
            name => name.StartsWith(Key, StringComparison.Ordinal) ? context.Language.Word(name) : name);
        return new(
            id, _text.Title(found), _text.Sentence(found), figure is Figure drawn ? Draw(drawn, id) : null,
            figure is Grid grid ? TableView.Of(grid, context.Language) : null,
            found.Finding.Source is { } source ? See(source) : null, found.Finding.Try);
    }

    private string Draw(Figure figure, string id)
    {
        var caption = Language.Capitalized(context.Language.Word(figure.Name));
        var columns = TableView.Of(figure.ToGrid(), context.Language).Columns.Select(column => column.Text);
        return Drawings.Of(figure, new(id, caption, string.Join(", ", columns), context.Language, Narrow: true) { IsGlance = true });
    }

    /// <summary>The figure or table that shows more, else the chapter; null where there is neither.</summary>
    private SeeView? See(FindingSource source)
    {
        if (context.Numbering.Find(source.StageId, source.Item) is { } item)
            return new($"#{item.Id}", $"{context.Language.Phrase(item.IsFigure ? "figure" : "table")} {item.Number}");
        return sections.FirstOrDefault(section => section.Id == source.Section) is { } section
            ? new($"#{section.Id}", section.Title)
            : null;
    }
}

using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>A chapter told by the stages whose kinds name it.</summary>
internal class StagesSection(string id) : IReportSection
{
    // The rest of a large sweep is in its table and in the CSV files.
    private const int MaxFolded = 24;
    private const int TablesInShort = 2;
    private const int RowsInShort = 24;

    public string Id => id;

    public SectionView? Build(ReportContext context)
    {
        List<StageBlock> blocks = [.. Foremost(context)];
        var ofSection = context.Results.Where(result => result.Items.Count > 0 && result.Report.Section == id).ToList();
        // Where the model that is told is not explained, another one is: one figure at least is seen.
        var needsOne = IsShownInAnyCase(id) && !ofSection.Exists(context.IsTold);
        foreach (var group in ofSection.GroupBy(result => result.Stage.Base, StringComparer.Ordinal))
        {
            List<StageResult> cells = [.. group.OrderBy(result => context.IsTold(result) ? 0 : 1).Take(1 + MaxFolded)];
            blocks.AddRange(cells.Select((result, i) =>
                BlockOf(result, cells[0], context, context.IsTold(result) || (i == 0 && needsOne))).OfType<StageBlock>());
        }
        blocks.AddRange(Hindmost(context));
        return blocks.Count == 0 ? null : new StagesSectionView(id, context.TitleOf(this), blocks);
    }

    /// <summary>What stands before the stages.</summary>
    protected virtual IEnumerable<StageBlock> Foremost(ReportContext context) => [];

    /// <summary>What stands behind them.</summary>
    protected virtual IEnumerable<StageBlock> Hindmost(ReportContext context) => [];

    /// <param name="first">The cell of its stage that is told before it.</param>
    /// <returns>Null where all of it stands in the annex.</returns>
    private static StageBlock? BlockOf(StageResult result, StageResult first, ReportContext context, bool isTold)
    {
        var language = context.Languages.Of(result.Stage);
        var summary = language.Text(result.Stage.Manifest.Summary);
        // Warnings first: what weakens the numbers is read before them. Then the single numbers, then what takes room.
        List<CardItem> items =
            [.. result.Items.OfType<Warning>(), .. result.Items.OfType<Fact>(),
                .. result.Items.Where(item => item is not (Warning or Fact))];
        if (!isTold)
        {
            context.Details.Leave(result, InShort(result.Id, items, first == result ? [] : first.Items, context.Answers ?? ""));
            return null;
        }
        (items, var more) = context.Details.Split(result, items);
        if (items.Count == 0)
            return null;
        var id = context.Numbering.Id("block", result.Id);
        context.Numbering.PlaceStage(result.Id, id);
        return new(
            id, StageViews.TitleOf(result, language), result.Id, summary.Length > 0 ? summary : null,
            new BlockBuilder(language, context.Numbering, context.AnswerTexts).Items(result.Id, items))
        {
            Stale = new StaleResults([result], language).Of(result),
            More = more,
        };
    }

    private static bool IsShownInAnyCase(string section) => section is "explanations" or "examples";

    /// <summary>The first tables, unless they are long or another cell has shown the same, and what the authors write about; all is in
    /// the CSV files.</summary>
    private static List<CardItem> InShort(string id, List<CardItem> items, IReadOnlyList<CardItem> told, string answers)
    {
        var tables = items.OfType<Grid>().Take(TablesInShort)
            .Where(table => table.Rows.Count <= RowsInShort && !told.OfType<Grid>().Any(other => IsSame(table, other))).ToList();
        return items.FindAll(item => item is Warning or Fact || tables.Contains(item)
            || answers.Contains($"{id}.{item.Name}", StringComparison.Ordinal));
    }

    private static bool IsSame(Grid one, Grid other) => one.Name == other.Name && one.Columns.SequenceEqual(other.Columns)
        && one.Rows.Count == other.Rows.Count && one.Rows.Zip(other.Rows).All(rows => rows.First.SequenceEqual(rows.Second));
}

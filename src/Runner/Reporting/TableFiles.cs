using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Runner.Reporting;

/// <summary>The tables of a report, and the numbers of its figures, as CSV with full precision.</summary>
internal static class TableFiles
{
    /// <summary>Names such as <c>scores-sequence_scores.csv</c> with their content; further ones of a name are numbered from 2.</summary>
    /// <param name="sweeps">Theirs are named <c>sweep_cells.csv</c>, and with the axes where there are several sweeps.</param>
    /// <param name="findings">Theirs are named <c>finding-never_predicted.csv</c>.</param>
    public static IEnumerable<(string Name, Action<Stream> Write)> Of(
        IReadOnlyList<StageResult> results, IReadOnlyList<Sweep> sweeps, IReadOnlyList<RuledFinding> findings)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var sweep in sweeps)
            foreach (var table in SweepItems.Tables(sweep))
                yield return (
                    Unique(NameOf(sweeps.Count == 1 ? table.Name : $"{table.Name}-{string.Join('-', sweep.Axes)}"), names), Csv(table));
        foreach (var found in findings.Where(found => found.Finding.Figure is not null))
            yield return (Unique(NameOf($"finding-{found.Rule.Id}"), names), Csv(GridOf(found.Finding.Figure!)));
        foreach (var result in results)
            foreach (var item in result.Items.Where(item => item is Grid or Figure))
                yield return (Unique(NameOf($"{result.Id}-{item.Name}"), names), Csv(GridOf(item)));
    }

    private static Grid GridOf(CardItem item) => item as Grid ?? ((Figure)item).ToGrid();

    /// <summary>What a model answered to each row of a split, read as it is written: texts may be longer than memory.</summary>
    public static Action<Stream> Predictions(StageResult evaluation, string split) =>
        file => Write(file, RunTables.AnswerColumns, RunTables.AnsweredRows(evaluation, split));

    private static string Unique(string name, HashSet<string> names)
    {
        var unique = name;
        for (var number = 2; !names.Add(unique); number++)
            unique = FormattableString.Invariant($"{name}-{number}");
        return $"{unique}.csv";
    }

    private static Action<Stream> Csv(Grid grid) => file => Write(file, grid.Columns.Select(column => column.Name), grid.Rows);

    private static void Write(Stream file, IEnumerable<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using StreamWriter text = new(file, leaveOpen: true);
        using var csv = CsvText.ForSpreadsheets(text);
        foreach (var row in rows.Prepend([.. columns]))
        {
            foreach (var value in row)
                csv.Cell(value);
            csv.EndRow();
        }
    }

    private static string NameOf(string name) => FileName.Cut(string.Concat(
        name.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '=' or '.' ? sign : '-')).TrimStart('.'));
}

using System.Globalization;
using CsvHelper;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting;

/// <summary>The tables of a report, and the numbers of its figures, as CSV with full precision.</summary>
internal static class TableFiles
{
    /// <summary>Names such as <c>scores-sequence_scores.csv</c> with their content.</summary>
    public static IEnumerable<(string Name, string Content)> Of(IReadOnlyList<StageResult> results)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var result in results)
            foreach (var item in result.Items.Where(item => item is not (Fact or Warning or TokensFigure)))
            {
                var name = FileName($"{result.Id}-{item.Name}");
                if (names.Add(name))
                    yield return ($"{name}.csv", Csv(item as Grid ?? FigureData.Of(item)));
            }
    }

    private static string Csv(Grid grid)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (CsvWriter csv = new(text, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            foreach (var column in grid.Columns)
                csv.WriteField(column.Name);
            csv.NextRecord();
            foreach (var row in grid.Rows)
            {
                foreach (var value in row)
                    csv.WriteField(Convert.ToString(value, CultureInfo.InvariantCulture));
                csv.NextRecord();
            }
        }
        return text.ToString();
    }

    private static string FileName(string name) =>
        string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '=' or '.' ? sign : '-')).TrimStart('.');
}

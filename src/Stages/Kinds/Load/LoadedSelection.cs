using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Which fields of a file become columns, and which of its rows are taken.</summary>
/// <param name="Label">Null: the data has none.</param>
/// <param name="MissingName">The label of rows that have none, where these are labelled.</param>
/// <param name="Rows">Only the first rows of every file.</param>
/// <param name="Sample">Only so many rows of every file, drawn at random.</param>
/// <param name="LabelPrefix">What stands before every label and does not belong to it; empty: nothing.</param>
internal sealed record LoadedSelection(
    string Text, string? Label, IReadOnlyList<string> Keep, MissingLabels Missing, string MissingName,
    int? Rows, int? Sample, int SampleSeed, string LabelPrefix = "")
{
    // Stages know these by name and type, whatever a file means by them.
    private static readonly string[] Known =
        [Columns.Split, Columns.Text, Columns.Raw, Columns.Label, Columns.Ids, Columns.Length, Columns.Target, Columns.TargetIds];

    /// <summary>The label of a record without its prefix; empty where there is none.</summary>
    /// <exception cref="StageException">The prefix is not there, or stands before a second label.</exception>
    public string LabelOf(IRecords records, int column)
    {
        var label = records[column].Trim();
        if (LabelPrefix.Length == 0 || label.Length == 0)
            return label;
        if (!label.StartsWith(LabelPrefix, StringComparison.Ordinal))
            throw records.Wrong(
                $"the label '{label}' does not begin with '{LabelPrefix}'", "is label_prefix what the file has?", "label_prefix");
        if (records[records.IndexOf(Text, "text")].StartsWith(LabelPrefix, StringComparison.Ordinal))
            throw records.Wrong("a text with several labels", "a row has one label: leave the others out, or write a row for each");
        return label[LabelPrefix.Length..];
    }

    /// <returns>The names themselves, for the constructors of parameters.</returns>
    /// <exception cref="StageException">A name is there twice, or means something else to the stages that follow.</exception>
    public static IReadOnlyList<string>? CheckedKeep(IReadOnlyList<string>? keep)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var i = 0; i < keep?.Count; i++)
            if (Known.Contains(keep[i]))
                throw new StageException($"a column cannot be kept as '{keep[i]}': stages know that name as something else")
                {
                    Parameter = $"keep.{i}",
                    Help = "the columns named by text and label are kept anyway; give the column of the file another name",
                };
            else if (!names.Add(keep[i]))
                throw new StageException($"'{keep[i]}' is to be kept twice") { Parameter = $"keep.{i}" };
        return keep;
    }

    /// <summary>The same for the label of rows without one.</summary>
    public static string CheckedName(string name) =>
        string.IsNullOrWhiteSpace(name)
            ? throw new StageException("the label of rows without one is empty") { Parameter = "missing_name" }
            : name;
}

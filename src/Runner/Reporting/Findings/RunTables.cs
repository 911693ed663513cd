using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Reads what rules look at from the tables of a run, which it knows by their columns.</summary>
internal static class RunTables
{
    /// <summary>Of what models answered.</summary>
    public static readonly IReadOnlyList<string> AnswerColumns =
        [Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, Columns.Correct];

    // Texts are garbage once they were looked at; without this the heap grows by a hundred megabytes of them before any is collected.
    private const int CollectedCharacters = 1 << 22;

    private static readonly string[] ExplainedColumns = [Columns.Label, Columns.Predicted, Columns.Tokens, Columns.Attributions];

    /// <summary>Whether the rows of a table may be looked at: answers, explained texts, or texts with labels to learn from.</summary>
    public static bool Reads(Table table) =>
        Has(table, AnswerColumns) || Has(table, ExplainedColumns) || Has(table, [Columns.Label, Columns.Text]);

    /// <summary>What a model answered to the rows of a split; empty where the stage kept no answers.</summary>
    /// <param name="asked">Takes in their texts.</param>
    public static IReadOnlyList<Answer> Answers(StageResult evaluation, string split, AskedTexts asked)
    {
        List<Answer> answers = [];
        foreach (var batch in Find(evaluation, AnswerColumns) is { } table ? Read(table, AnswerColumns) : [])
        {
            int[] rows = [.. RowsOf(batch, split)];
            var texts = asked.Add(batch.Values<string>(Columns.Text), rows);
            answers.AddRange(rows.Select((row, i) => new Answer(
                texts[i], batch.Values<string>(Columns.Label)[row], batch.Values<string>(Columns.Predicted)[row],
                batch.Values<double>(Columns.Confidence)[row], batch.Values<bool>(Columns.Correct)[row])));
        }
        return answers;
    }

    /// <summary>The same row by row as they are read, with their texts, in the order of <see cref="AnswerColumns"/>.</summary>
    public static IEnumerable<IReadOnlyList<object?>> AnsweredRows(StageResult evaluation, string split)
    {
        foreach (var (batch, row) in Rows(evaluation, split, AnswerColumns))
            yield return [
                split, batch.Values<string>(Columns.Text)[row], batch.Values<string>(Columns.Label)[row],
                batch.Values<string>(Columns.Predicted)[row], batch.Values<double>(Columns.Confidence)[row],
                batch.Values<bool>(Columns.Correct)[row],
            ];
    }

    /// <summary>What was asked of a model: the labels of the rows of a split; empty where the stage kept no answers.</summary>
    public static IReadOnlyList<string> Labels(StageResult evaluation, string split) =>
        [.. Rows(evaluation, split, [Columns.Split, Columns.Label]).Select(at => at.Batch.Values<string>(Columns.Label)[at.Row])];

    /// <summary>Which rows of a split a model had right; empty where it kept no answers.</summary>
    public static IReadOnlyList<bool> IsRight(StageResult evaluation, string split) =>
        [.. Rows(evaluation, split, [Columns.Split, Columns.Correct]).Select(at => at.Batch.Values<bool>(Columns.Correct)[at.Row])];

    /// <summary>The same; null where it kept no answers, or other labels were asked of it.</summary>
    public static IReadOnlyList<bool>? IsRight(StageResult evaluation, string split, IReadOnlyList<string> asked)
    {
        List<bool> isRight = [];
        foreach (var (batch, row) in Rows(evaluation, split, [Columns.Split, Columns.Label, Columns.Correct]))
        {
            if (isRight.Count == asked.Count || batch.Values<string>(Columns.Label)[row] != asked[isRight.Count])
                return null;
            isRight.Add(batch.Values<bool>(Columns.Correct)[row]);
        }
        return isRight.Count > 0 && isRight.Count == asked.Count ? isRight : null;
    }

    /// <summary>The table that a model learned from, and that its evaluation read: the nearest one with labels and splits.</summary>
    public static Table? Learned(StageResult evaluation, IReadOnlyList<StageResult> results) =>
        Lineage.Of(evaluation.Id, results).Skip(1).SelectMany(result => result.Artifacts).OfType<Table>()
            .FirstOrDefault(table => table.Find(Columns.Predicted) is null && table.Find(Columns.Label) is not null
                && table.Find(Columns.Text) is not null);

    /// <summary>How many rows of each label were learned, and which of some texts were.</summary>
    /// <param name="most">How many rows were learned, from the first; null: all.</param>
    public static (Dictionary<string, long> Labels, HashSet<UInt128> Texts) LearnedRows(Table table, AskedTexts asked, long? most = null)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        HashSet<UInt128> learned = [];
        var codec = LabelCodec.From(table.Encoding);
        Func<string, string> spelling = codec.HasClasses ? codec.Classes.ClassOf
            : codec.HasCharacters ? codec.Characters.CodeOf : label => label;
        var written = table.Find(Columns.Raw) is null ? Columns.Text : Columns.Raw;
        foreach (var batch in Read(table, [Columns.Label, written, Columns.Split + "?"]))
        {
            var labels = batch.Values<string>(Columns.Label);
            var splits = batch.Has(Columns.Split) ? batch.Values<string>(Columns.Split) : null;
            var texts = batch.Values<string>(written);
            for (var row = 0; row < batch.Count; row++)
            {
                if ((splits is not null && !Splits.IsLearned(splits[row])) || most-- <= 0)
                    continue;
                var label = spelling(labels[row]);
                counts[label] = counts.GetValueOrDefault(label) + 1;
                if (asked.Find(texts[row]) is { } text)
                    learned.Add(text);
            }
        }
        return (counts, learned);
    }

    /// <summary>Texts with the weights of their words, of every stage that explains.</summary>
    public static IReadOnlyList<ExplainedAnswer> Explained(IReadOnlyList<StageResult> results)
    {
        List<ExplainedAnswer> explained = [];
        // Several methods explain the same texts: the first of them speaks.
        var table = results.Select(result => Find(result, ExplainedColumns)).FirstOrDefault(found => found is not null);
        foreach (var batch in table is null ? [] : Read(table, ExplainedColumns))
        {
            var (labels, predicted, tokens) = (
                batch.Values<string>(Columns.Label), batch.Values<string>(Columns.Predicted), batch.Lists<string>(Columns.Tokens));
            for (var row = 0; row < batch.Count; row++)
                explained.Add(new(labels[row], predicted[row], tokens[row].ToArray(), Weights(batch[Columns.Attributions], row)));
        }
        return explained;
    }

    private static double[] Weights(ColumnData column, int row) => column switch
    {
        Lists<double> numbers => numbers[row].ToArray(),
        Lists<float> numbers => [.. numbers[row].ToArray().Select(number => (double)number)],
        _ => throw new ReportException($"the column {column.Name} holds {column.Type}, not a list of numbers"),
    };

    // The rows of a split among the answers that a stage kept.
    private static IEnumerable<(RowBatch Batch, int Row)> Rows(StageResult evaluation, string split, IReadOnlyList<string> columns)
    {
        foreach (var batch in Find(evaluation, AnswerColumns) is { } table ? Read(table, columns) : [])
            foreach (var row in RowsOf(batch, split))
                yield return (batch, row);
    }

    private static IEnumerable<int> RowsOf(RowBatch batch, string split)
    {
        var splits = batch.Values<string>(Columns.Split);
        for (var row = 0; row < batch.Count; row++)
            if (splits[row] == split)
                yield return row;
    }

    private static Table? Find(StageResult result, IReadOnlyList<string> columns) => result.Artifacts.OfType<Table>()
        .FirstOrDefault(table => Has(table, columns));

    private static bool Has(Table table, IReadOnlyList<string> columns) => columns.All(column => table.Find(column) is not null);

    private static IEnumerable<RowBatch> Read(Table table, IReadOnlyList<string> columns)
    {
        var characters = 0L;
        foreach (var batch in table.ReadAsync(columns, CancellationToken.None).ToBlockingEnumerable())
        {
            yield return batch;
            characters += RowGroup.CharactersOf(batch);
            if (characters < CollectedCharacters)
                continue;
            characters = 0;
            GC.Collect(0);
        }
    }
}

using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Kinds.Compare;

/// <summary>What several models answered to the same rows.</summary>
internal sealed class PairedPredictions
{
    public const string Port = "predictions";

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public List<string> Texts { get; } = [];

    /// <summary>By row, the number of its true label.</summary>
    public int[] Labels { get; private set; } = [];

    /// <summary>By model and row, the number of the predicted label.</summary>
    public List<int[]> Predicted { get; } = [];

    /// <summary>By model and row.</summary>
    public List<bool[]> Correct { get; } = [];

    public int Rows => Texts.Count;

    public int Models => Predicted.Count;

    /// <summary>The different labels, true or predicted, by number.</summary>
    public IReadOnlyList<string> Names => _names;

    public static string NameOf(int model) => SourceName.Of(Port, model);

    /// <exception cref="StageException">The tables are not about the same rows.</exception>
    public static async Task<PairedPredictions> ReadAsync(IReadOnlyList<Table> tables, string split, CancellationToken cancellation)
    {
        if (tables.Count < 2)
            throw new StageException(
                "There is only one model, and nothing to compare it with.")
            { Help = "Give the predictions of at least two." };
        PairedPredictions paired = new();
        for (var model = 0; model < tables.Count; model++)
            await paired.AddAsync(tables[model], model, split, cancellation).ConfigureAwait(false);
        return paired;
    }

    private async Task AddAsync(Table table, int model, string split, CancellationToken cancellation)
    {
        List<int> labels = [], predicted = [];
        List<bool> correct = [];
        SortedSet<string> splits = new(StringComparer.Ordinal);
        await foreach (var batch in table.ReadAsync([Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Correct],
            cancellation).ConfigureAwait(false))
            for (var row = 0; row < batch.Count; row++)
            {
                splits.Add(batch.Values<string>(Columns.Split)[row]);
                if (batch.Values<string>(Columns.Split)[row] != split)
                    continue;
                Check(model, labels.Count, batch.Values<string>(Columns.Text)[row], batch.Values<string>(Columns.Label)[row], split);
                labels.Add(NumberOf(batch.Values<string>(Columns.Label)[row]));
                predicted.Add(NumberOf(batch.Values<string>(Columns.Predicted)[row]));
                correct.Add(batch.Values<bool>(Columns.Correct)[row]);
            }
        if (labels.Count == 0)
            throw new StageException($"{NameOf(model)} has no predictions of the split '{split}'.")
            {
                Help = splits.Count == 0 ? "Its table has no rows." : $"It has {string.Join(", ", splits)}.",
                Parameter = "split",
            };
        if (model == 0)
            Labels = [.. labels];
        else if (labels.Count != Rows)
            throw Unequal($"{NameOf(model)} has {labels.Count} predictions of the split '{split}', but {NameOf(0)} has {Rows}.");
        Predicted.Add([.. predicted]);
        Correct.Add([.. correct]);
    }

    private void Check(int model, int row, string text, string label, string split)
    {
        if (model == 0)
            Texts.Add(text);
        else if (row < Rows && (text != Texts[row] || label != _names[Labels[row]]))
            throw Unequal(string.Create(CultureInfo.InvariantCulture,
                $"Row {row + 1} of the split '{split}' is '{ExamplesGrid.Shortened(text)}' ({label}) of {NameOf(model)}, but " +
                    $"'{ExamplesGrid.Shortened(Texts[row])}' ({_names[Labels[row]]}) of {NameOf(0)}."));
    }

    private int NumberOf(string label)
    {
        if (!_numbers.TryGetValue(label, out var number))
        {
            _numbers.Add(label, number = _names.Count);
            _names.Add(label);
        }
        return number;
    }

    private static StageException Unequal(string message) =>
        new(message) { Help = "Models are compared row by row: evaluate all on the same rows, with the same labels." };
}

using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Tables.Files;
using Pipelines.Stages.Text.Augmentation;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Stages.Kinds.Clean;

/// <summary>Adds changed copies of the training rows.</summary>
[Stage("clean/augment", Version = 1, Uses = Uses.Seed)]
public sealed class CleanAugment : Stage<CleanAugment.Inputs, CleanAugment.Params, CleanAugment.Outputs>
{
    private const int ExamplesShown = 6;

    /// <summary>All columns: a copy has the others of its row.</summary>
    public sealed record Inputs(Table Rows);

    public sealed record Params(int Copies = 1, double Swap = 0, double Drop = 0, double Replace = 0, InputFile? Synonyms = null)
    {
        public double Swap { get; init; } = Swap + Drop + Replace > 0
            ? Swap
            : throw new StageException("nothing would change in the copies") { Help = "give swap, drop or replace" };

        public double Replace { get; init; } = Replace > 0 == Synonyms is not null
            ? Replace
            : throw new StageException(Synonyms is null ? "there are no words to replace by" : "synonyms are given, but none is to be used")
            {
                Help = "give replace, a share of the words, and synonyms, a file of them",
                Parameter = Synonyms is null ? "replace" : "synonyms",
            };
    }

    public sealed record Outputs(
        [Writes(Columns.Text, Columns.Split, "augmented", Columns.Raw + "?", Columns.Label + "?", Columns.Target + "?",
            Columns.TargetIds + "?")] Table Rows,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        ChangedTexts.CheckBeforeTokenizing(inputs.Rows);
        if (inputs.Rows.Find(Columns.Split) is null)
            throw new StageException("these rows have no splits, and only those of the training split may be copied")
            {
                Help = "put split/* before this stage",
            };
        var variants = new TextVariants(parameters.Swap, parameters.Drop, parameters.Replace, SynonymsOf(parameters.Synonyms));
        var copies = new Copies();
        var rows = await context.Write.TableAsync(
            inputs.Rows.Encoding, BatchesAsync(inputs.Rows, variants, parameters.Copies, copies, context, cancellation), cancellation)
            .ConfigureAwait(false);
        var card = new CardContent(
            new Fact("training_rows_before", copies.Trained), new Fact("copies_added", copies.Added),
            new Fact("copies_left_out", copies.Equal),
            new Grid("changed_examples", [new("before"), new("after")], copies.Examples));
        var metrics = new Dictionary<string, double> { ["copies_added"] = copies.Added };
        return new(
            rows, await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(
        Table table, TextVariants variants, int copies, Copies made, StageContext context,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0UL;
        await foreach (var batch in table.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var (texts, splits) = (batch.Values<string>(Columns.Text), batch.Values<string>(Columns.Split));
            List<(int Row, string Text, bool IsCopy)> rows = [];
            for (var row = 0; row < batch.Count; row++, number++)
            {
                var text = texts[row] ?? "";
                rows.Add((row, text, false));
                if (splits[row] != Splits.Train)
                    continue;
                var random = new SeededRandom(context.Seed, RandomStreams.AugmentedTexts, number);
                var changed = Enumerable.Range(0, copies).Select(_ => variants.Of(text, random)).ToList();
                rows.AddRange(made.Note(text, changed).Select(copy => (row, copy, true)));
            }
            int[] places = [.. rows.Select(row => row.Row)];
            yield return new RowBatch(rows.Count, [.. batch.Columns.Select(column => column.Take(places))])
                .With(new Values<string>(Columns.Text, [.. rows.Select(row => row.Text)]),
                    new Values<bool>("augmented", [.. rows.Select(row => row.IsCopy)]));
        }
    }

    private static Synonyms SynonymsOf(InputFile? file)
    {
        if (file is null)
            return Synonyms.None;
        var source = SourceFile.Of(file, "synonyms");
        try
        {
            using StreamReader reader = new(new Utf8Text(DataFile.OpenText(file.Path), TextEncoding.Find("utf-8")));
            var groups = reader.ReadToEnd().Split('\n').Select(line =>
                line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
            return groups.FindIndex(group => group.Length == 1) is >= 0 and var alone
                ? throw source.Wrong(
                    $"line {alone + 1}", $"'{groups[alone][0]}' stands alone", "a line has words that mean the same, with commas")
                : Synonyms.Of(groups);
        }
        catch (UnreadableFileException error)
        {
            throw source.Wrong(null, error);
        }
    }

    /// <summary>What was copied; a copy that changed nothing, or is there already, is left out.</summary>
    private sealed class Copies
    {
        public List<IReadOnlyList<object?>> Examples { get; } = [];

        public long Trained { get; private set; }

        public long Added { get; private set; }

        public long Equal { get; private set; }

        public string[] Note(string text, List<string> changed)
        {
            string[] copies = [.. changed.Distinct(StringComparer.Ordinal).Where(copy => copy != text)];
            Trained++;
            Added += copies.Length;
            Equal += changed.Count - copies.Length;
            if (Examples.Count < ExamplesShown && copies.Length > 0)
                Examples.Add([text, copies[0]]);
            return copies;
        }
    }
}

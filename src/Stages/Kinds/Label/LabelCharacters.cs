using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Stages.Kinds.Label;

/// <summary>Spells labels as characters between a start and an end sign, for models that write a code character by character.</summary>
[Stage("label/characters", Version = 1)]
public sealed class LabelCharacters : Stage<LabelCharacters.Inputs, LabelCharacters.Params, LabelCharacters.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Label, Columns.Text + "?", Columns.Raw + "?", Columns.Split + "?", Columns.Ids + "?", Columns.Length + "?",
            Columns.Target + "?")] Table Rows);

    public sealed record Params(
        string Start = "<s>", string End = "</s>", string Unknown = "<UNK>", bool UpperCase = false,
        FitSplit Fit = FitSplit.Train);

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.TargetIds)] Table Rows, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        if (parameters.Start == parameters.End)
            throw new StageException(
                $"Start and end are both '{parameters.Start}': a model could not tell them apart.")
            { Parameter = "end" };

        string CodeOf(string label) => CharacterLabels.CodeOf(label, parameters.UpperCase);
        var counts = await ClassCounts.OfAsync(inputs.Rows, CodeOf, parameters.Fit, cancellation).ConfigureAwait(false);
        var labels = CharacterLabels.Fit(counts.Fitted.Keys, parameters.Start, parameters.End, parameters.Unknown, parameters.UpperCase);

        var rows = await context.Write.TableAsync(
            inputs.Rows.Encoding.With(new(CharacterLabels.Kind, labels.ToSettings())),
            BatchesAsync(inputs.Rows, labels, context, cancellation), cancellation).ConfigureAwait(false);
        return new(rows, await context.Write.CardAsync(CardOf(labels, counts), cancellation).ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(
        Table rows, CharacterLabels labels, StageContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0L;
        await foreach (var batch in rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var names = batch.Values<string>(Columns.Label);
            var ids = new IdColumn(Columns.TargetIds, batch.Count);
            for (var row = 0; row < batch.Count; row++)
            {
                labels.Encode(names[row], ids.Ids);
                ids.EndRow();
            }
            yield return batch.With(ids.ToColumn());
            context.Progress.Report(new(done += batch.Count, rows.Rows, "rows"));
        }
    }

    private static CardContent CardOf(CharacterLabels labels, ClassCounts counts)
    {
        var known = labels.ValidCodes.ToHashSet(StringComparer.Ordinal);
        var example = new List<int>();
        labels.Encode(labels.ValidCodes[0], example);
        return new(
            new Fact("valid_codes", labels.ValidCodes.Count),
            new Fact("characters", labels.Characters.Count - CharacterLabels.UnknownId - 1),
            new Fact("longest_code", labels.MaxLength - 2),
            new Grid("codes_by_split",
                [new("split"), new("rows"), new("distinct_codes"), new("unseen_rows"), new("unseen_share", ValueFormat.Percent)],
                [.. counts.Splits.Select(split => Row(split.Key, split.Value, known))]),
            new Grid("character_inventory", [new("character", ValueFormat.Code), new("id", ValueFormat.Integer)],
                [.. labels.Characters.Index().Skip(1).Select(character => new object?[] { character.Item, character.Index })]),
            new Grid("spelt_example", [new("character", ValueFormat.Code), new("id", ValueFormat.Integer)],
                [.. example.Select(id => new object?[] { labels.Characters[id], id })]));
    }

    private static object?[] Row(string split, Dictionary<string, long> counts, HashSet<string> known)
    {
        var rows = counts.Values.Sum();
        var unseen = ClassCounts.Unknown(counts, known);
        return [split, rows, counts.Count, unseen, (double)unseen / Math.Max(1, rows)];
    }
}

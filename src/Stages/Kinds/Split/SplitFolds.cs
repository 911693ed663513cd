using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Kinds.Split;

/// <summary>Holds one fold of the rows out, as scikit-learn's KFold and StratifiedKFold.</summary>
[Stage("split/folds", Version = 1)]
public sealed class SplitFolds : Stage<SplitFolds.Inputs, SplitFolds.Params, SplitFolds.Outputs>
{
    private const int ClassesNamed = 5;

    public sealed record Inputs([Reads(Columns.Text, Columns.Label + "?", Columns.Raw + "?", Columns.Split + "?")] Table Rows);

    public sealed record Params(
        int Fold, int Folds = 5, bool Stratified = true, ShuffleMethod Shuffle = ShuffleMethod.Numpy, int Seed = 0,
        double? NearTexts = null, SplitScope Within = SplitScope.All)
    {
        public int Fold { get; init; } = Fold <= Folds
            ? Fold
            : throw new StageException($"there is no fold {Fold} of {Folds}") { Parameter = "fold" };
    }

    public sealed record Outputs([SameRowsAs("rows"), Writes(Columns.Split)] Table Rows, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var splits = await parameters.Within.KeptSplitsAsync(inputs.Rows, cancellation).ConfigureAwait(false);
        var rows = SplitScopes.ToShare(splits);
        if (rows.Length < parameters.Folds)
            throw new StageException($"{rows.Length} rows do not make {parameters.Folds} folds") { Parameter = "folds" };
        var classes = parameters.Stratified
            ? FoldedClasses.Of(await LabelsAsync(inputs.Rows, rows, cancellation).ConfigureAwait(false))
            : null;
        var shuffle = parameters.Shuffle == ShuffleMethod.None ? null : Shuffle.Of(parameters.Shuffle, (uint)parameters.Seed);
        var folds = classes is null
            ? FoldAssignment.Plain(rows.Length, parameters.Folds, shuffle)
            : FoldAssignment.Stratified(classes.OfRows, parameters.Folds, shuffle);

        var heldOut = parameters.Within == SplitScope.Train ? Splits.Validation : Splits.Test;
        foreach (var (row, fold) in rows.Zip(folds))
            splits[row] = fold == parameters.Fold - 1 ? heldOut : Splits.Train;
        var (table, metrics, card) = await SplitAssignment.WriteAsync(
            inputs.Rows, splits!, [Splits.Train, heldOut], parameters.NearTexts,
            [new Fact("fold", $"{parameters.Fold}/{parameters.Folds}"), .. classes?.SmallerThan(parameters.Folds, ClassesNamed) ?? []],
            context, cancellation).ConfigureAwait(false);
        return new(table, metrics, card);
    }

    private static async Task<string[]> LabelsAsync(Table table, int[] rows, CancellationToken cancellation)
    {
        if (table.Find(Columns.Label) is null)
            throw new StageException("these rows have no labels to keep the shares of")
            {
                Help = "stratified: false makes folds without labels",
                Parameter = "stratified",
            };
        List<string> labels = [];
        await foreach (var batch in table.ReadAsync([Columns.Label], cancellation).ConfigureAwait(false))
            labels.AddRange(batch.Values<string>(Columns.Label).Items.Select(label => label ?? ""));
        return [.. rows.Select(row => labels[row])];
    }
}

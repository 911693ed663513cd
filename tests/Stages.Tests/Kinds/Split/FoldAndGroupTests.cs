using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Split;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class FoldAndGroupTests : IDisposable
{
    private const string Letters = "bbabcabbacbabcaabbcbddd";

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>scikit-learn: <c>KFold(5, shuffle=True, random_state=seed)</c>.</summary>
    [Theory]
    [InlineData(0, new[] { 4, 1, 2, 4, 2, 2, 2, 3, 1, 3, 0, 0, 4, 1, 0, 4, 1, 2, 3, 3, 0, 0, 1 })]
    [InlineData(42, new[] { 0, 1, 1, 2, 2, 1, 4, 3, 0, 0, 4, 2, 1, 1, 4, 0, 3, 0, 2, 4, 2, 3, 3 })]
    public void Folds_are_those_of_KFold(uint seed, int[] expected) =>
        Assert.Equal(expected, FoldAssignment.Plain(23, 5, Shuffle.Of(ShuffleMethod.Numpy, seed)));

    /// <summary>scikit-learn: <c>StratifiedKFold(5, shuffle=True, random_state=seed)</c>.</summary>
    [Theory]
    [InlineData(0, new[] { 1, 4, 0, 2, 1, 1, 4, 0, 2, 4, 3, 4, 3, 3, 0, 3, 1, 0, 2, 2, 1, 0, 2 })]
    [InlineData(42, new[] { 4, 0, 2, 2, 1, 0, 0, 3, 0, 2, 1, 3, 4, 3, 4, 1, 2, 1, 4, 3, 2, 1, 0 })]
    public void Stratified_folds_are_those_of_StratifiedKFold(uint seed, int[] expected) =>
        Assert.Equal(expected, FoldAssignment.Stratified(Classes(Letters), 5, Shuffle.Of(ShuffleMethod.Numpy, seed)));

    [Fact]
    public void Folds_in_file_order_are_those_of_scikit_learn()
    {
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3], FoldAssignment.Plain(23, 4, null));
        Assert.Equal(
            [0, 0, 0, 0, 0, 1, 1, 1, 2, 1, 1, 2, 2, 2, 3, 3, 2, 3, 3, 3, 0, 1, 2], FoldAssignment.Stratified(Classes(Letters), 4, null));
    }

    /// <summary>The sums of fold times place are scikit-learn's.</summary>
    [Fact]
    public void Folds_of_many_rows_are_those_of_scikit_learn()
    {
        int[] squares = [.. Enumerable.Range(0, 3453).Select(row => (int)((long)row * row % 13))];
        Assert.Equal(26873719, Sum(FoldAssignment.Stratified(squares, 10, Shuffle.Of(ShuffleMethod.Numpy, 7))));
        Assert.Equal(26757489, Sum(FoldAssignment.Plain(3453, 10, Shuffle.Of(ShuffleMethod.Numpy, 7))));
    }

    [Fact]
    public async Task Every_row_is_held_out_once()
    {
        var table = await _run.TextsAsync([.. Letters.Index().Select(row => ("", $"text {row.Index}", row.Item.ToString()))]);
        var heldOut = new List<int>();
        for (var fold = 1; fold <= 5; fold++)
            heldOut.AddRange((await SplitsAsync(table, new(fold))).Index().Where(row => row.Item == "test").Select(row => row.Index));
        Assert.Equal(Enumerable.Range(0, Letters.Length), heldOut.Order());
    }

    [Fact]
    public async Task Within_train_a_fold_validates_and_the_test_split_stays()
    {
        var table = await _run.TextsAsync(
            ("train", "a", "x"), ("test", "b", "x"), ("train", "c", "x"), ("train", "d", "x"), ("train", "e", "x"));
        Assert.Equal(["train", "test", "train", "validation", "validation"],
            await SplitsAsync(table, new(2, 2, Shuffle: ShuffleMethod.None, Within: SplitScope.Train)));
    }

    [Fact]
    public async Task Classes_that_cannot_be_in_every_fold_are_told()
    {
        var table = await _run.TextsAsync([.. "aaaaabbc".Index().Select(row => ("", $"text {row.Index}", row.Item.ToString()))]);
        var outputs = await _run.RunAsync(new SplitFolds(), new SplitFolds.Params(1, 4), ("rows", table));
        var warnings = StageRun.CardOf(outputs)["items"]!.AsArray().Where(item => (string)item!["item"]! == "warning")
            .Select(item => $"{item!["name"]}: {item["values"]!["names"]}");
        Assert.Equal(["classes_of_one_row: c", "classes_smaller_than_folds: b"], warnings);
    }

    [Fact]
    public async Task Folds_that_cannot_be_made_are_refused()
    {
        Assert.Equal("fold", Assert.Throws<StageException>(() => new SplitFolds.Params(6, 5)).Parameter);
        var table = await _run.TextsAsync(("", "a", "x"), ("", "b", "x"));
        Assert.Equal("folds", (await Assert.ThrowsAsync<StageException>(() => SplitsAsync(table, new(1, 3)))).Parameter);
        var unlabelled = await _run.TableAsync(new Values<string>("text", ["a", "b"]));
        Assert.Equal("stratified", (await Assert.ThrowsAsync<StageException>(() => SplitsAsync(unlabelled, new(1, 2)))).Parameter);
        Assert.Equal(["test", "train"], await SplitsAsync(unlabelled, new(1, 2, Stratified: false, Shuffle: ShuffleMethod.None)));
    }

    [Fact]
    public async Task Rows_of_a_group_stay_together_and_shares_are_near()
    {
        var authors = Enumerable.Range(0, 1000).Select(row => $"author {row * row % 97}").ToArray();
        var splits = await GroupedAsync(authors, new("author", 0.7, 0.2));

        Assert.All(authors.Zip(splits).GroupBy(row => row.First), group => Assert.Single(group.DistinctBy(row => row.Second)));
        Assert.InRange(splits.Count(split => split == "train"), 660, 740);
        Assert.InRange(splits.Count(split => split == "validation"), 160, 240);
    }

    [Fact]
    public async Task A_row_without_a_group_is_one_of_its_own()
    {
        var splits = await GroupedAsync(["", "a", "", "a", null!, "b"], new("author", 0.5, 0, ShuffleMethod.None));
        Assert.Equal(["train", "train", "test", "train", "test", "test"], splits);
    }

    [Fact]
    public async Task One_group_cannot_be_shared_out()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => GroupedAsync(["a", "a"], new("author")));
        Assert.Equal("column", error.Parameter);
    }

    private static int[] Classes(string letters) => FoldedClasses.Of([.. letters.Select(letter => letter.ToString())]).OfRows;

    private static long Sum(int[] folds) => folds.Index().Sum(row => (row.Index + 1L) * row.Item);

    private async Task<string[]> SplitsAsync(Table table, SplitFolds.Params parameters) =>
        (await (await _run.RunAsync(new SplitFolds(), parameters, ("rows", table))).ResultAsync()).Values<string>("split").Items;

    private async Task<string[]> GroupedAsync(string[] authors, SplitGroup.Params parameters)
    {
        var table = await _run.TableAsync(
            new Values<string>("text", [.. authors.Index().Select(row => $"text {row.Index}")]), new Values<string>("author", authors));
        var outputs = await _run.RunAsync(new SplitGroup(), parameters, ("rows", table));
        return [.. (await StageRun.ReadAsync((Table)outputs["rows"])).SelectMany(batch => batch.Values<string>("split").Items)];
    }
}

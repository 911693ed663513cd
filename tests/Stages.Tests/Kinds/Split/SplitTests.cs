using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Split;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class SplitTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(ShuffleMethod.Numpy, 42, new[] { 8, 1, 5, 0, 7, 2, 9, 4, 3, 6 })]
    [InlineData(ShuffleMethod.Numpy, 0, new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 })]
    [InlineData(ShuffleMethod.Python, 0, new[] { 7, 8, 1, 5, 3, 4, 2, 0, 9, 6 })]
    [InlineData(ShuffleMethod.Python, 42, new[] { 7, 3, 2, 8, 5, 6, 9, 4, 0, 1 })]
    public void Shuffles_are_those_of_the_originals(ShuffleMethod method, uint seed, int[] expected) =>
        Assert.Equal(expected, Shuffle.Of(method, seed).Permutation(10));

    [Fact]
    public void Long_shuffles_are_those_of_the_originals()
    {
        var python = Shuffle.Of(ShuffleMethod.Python, 0).Permutation(3453);
        Assert.Equal([1001, 3176, 914, 2933, 615, 2158, 790, 750, 1801, 1079], python[..10]);
        Assert.Equal([1060, 165, 1722, 3104, 1577], python[^5..]);
        Assert.Equal([7798, 13226, 18078, 793, 17499, 23003, 574, 19638, 5181, 23045], Shuffle.Of(ShuffleMethod.Numpy, 113)
            .Permutation(25000)[..10]);
    }

    [Fact]
    public void Random_numbers_are_those_of_the_originals()
    {
        Assert.Equal(0.37454012, MersenneTwister.Seeded(42).NextDouble(), 8);
        Assert.Equal(0.8444218515250481, MersenneTwister.SeededByArray([0]).NextDouble());
        Assert.Equal(3626764237, MersenneTwister.SeededByArray([0]).NextUInt32());
    }

    [Theory]
    [InlineData(3453, 0.85, 0, 2935, 0, 518)]
    [InlineData(194, 0.8, 0.1, 155, 19, 20)]
    [InlineData(25000, 0.8, 0.2, 20000, 5000, 0)]
    public async Task Shares_are_cut_as_course_code_cuts_them(int rows, double train, double validation, int inTrain, int inValidation,
        int inTest)
    {
        var splits = await SplitAsync(new SplitRandom(), new SplitRandom.Params(train, validation), rows, _ => "x");
        Assert.Equal((inTrain, inValidation, inTest), Counts(splits));
    }

    /// <summary>Sums of row numbers and of their squares, from NumPy's and Python's own shuffles: of the tweets (pandas' sample), the film
    /// reviews (Keras' load_data and validation_split) and the financial sentences.</summary>
    [Theory]
    [InlineData(ShuffleMethod.Numpy, 42, 194, 0.8, 0.1, new[] { 14628L, 2050, 2043 }, new[] { 1868282L, 282048, 264679 })]
    [InlineData(ShuffleMethod.Numpy, 113, 25000, 0.8, 0.2, new[] { 249623742L, 62863758, 0 }, new[] { 4158113746472, 1049907091028, 0 })]
    [InlineData(ShuffleMethod.Python, 0, 3453, 0.85, 0, new[] { 5074230L, 0, 885648 }, new[] { 11659966338, 0, 2057686192 })]
    public async Task Splits_of_the_documents_have_the_same_rows(
        ShuffleMethod shuffle, int seed, int rows, double train, double validation, long[] sums, long[] squares)
    {
        var splits = await SplitAsync(new SplitRandom(), new SplitRandom.Params(train, validation, shuffle, seed), rows, _ => "x");
        var numbers = new[] { "train", "validation", "test" }
            .Select(split => splits.Index().Where(row => row.Item == split).Select(row => (long)row.Index).ToArray()).ToArray();
        Assert.Equal(sums, numbers.Select(split => split.Sum()));
        Assert.Equal(squares, numbers.Select(split => split.Sum(row => row * row)));
    }

    [Fact]
    public async Task Rows_in_file_order_give_the_last_ones_for_validation()
    {
        var splits = await SplitAsync(new SplitRandom(), new SplitRandom.Params(0.8, 0.2, ShuffleMethod.None), 10, _ => "x");
        Assert.Equal(["train", "train", "train", "train", "train", "train", "train", "train", "validation", "validation"], splits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Within_train_the_given_test_split_stays(bool stratified)
    {
        string[] given = ["train", "test", "train", "train", "test", "train", "train"];
        var table = await _run.TextsAsync([.. given.Select((split, row) => (split, $"text {row}", "x"))]);
        var outputs = stratified
            ? await _run.RunAsync(new SplitStratified(), new SplitStratified.Params(0.8, 0.2, ShuffleMethod.None, Within: SplitScope.Train),
                ("rows", table))
            : await _run.RunAsync(new SplitRandom(), new SplitRandom.Params(0.8, 0.2, ShuffleMethod.None, Within: SplitScope.Train),
                ("rows", table));
        Assert.Equal(["train", "test", "train", "train", "test", "train", "validation"],
            (await outputs.ResultAsync()).Values<string>("split").Items);
    }

    [Theory]
    [InlineData(0.8, 0.1, "train", "validation")]
    [InlineData(0.8, 0.2, "test", "within")]
    public async Task Within_train_all_training_rows_are_shared_out(double train, double validation, string split, string parameter)
    {
        var table = await _run.TextsAsync([.. Enumerable.Range(0, 10).Select(row => (split, $"text {row}", "x"))]);
        var error = await Assert.ThrowsAsync<StageException>(() =>
            _run.RunAsync(new SplitRandom(), new SplitRandom.Params(train, validation, Within: SplitScope.Train), ("rows", table)));
        Assert.Equal(parameter, error.Parameter);
    }

    [Fact]
    public async Task A_split_that_gets_no_row_is_told_and_one_without_training_rows_refused()
    {
        var few = await _run.TextsAsync([("", "a", "x"), ("", "b", "y"), ("", "c", "x")]);
        var outputs = await _run.RunAsync(new SplitRandom(), new SplitRandom.Params(), ("rows", few));
        var warning = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "empty_split")!;
        Assert.Equal("validation", (string)warning["values"]!["split"]!);

        var error = await Assert.ThrowsAsync<StageException>(() =>
            _run.RunAsync(new SplitRandom(), new SplitRandom.Params(0.3, 0.3), ("rows", few)));
        Assert.Equal("train", error.Parameter);
    }

    [Fact]
    public async Task Every_label_has_its_share_of_every_split()
    {
        var splits = await SplitAsync(new SplitStratified(), new SplitStratified.Params(0.8, 0.1), 1000, row => row % 10 == 0
            ? "rare"
            : "common");
        Assert.Equal((800, 100, 100), Counts(splits));
        Assert.Equal((80, 10, 10), Counts([.. splits.Where((_, row) => row % 10 == 0)]));
    }

    [Fact]
    public async Task Shares_above_the_whole_are_refused()
    {
        var error = await Assert.ThrowsAsync<StageException>(() =>
            SplitAsync(new SplitRandom(), new SplitRandom.Params(0.8, 0.3), 10, _ => "x"));
        Assert.Equal("validation", error.Parameter);
    }

    [Fact]
    public async Task Texts_that_training_sees_too_are_counted()
    {
        string[] texts = ["Une fracture", "un œdème", "UNE  fracture ", "seul", "une fracture du bras droit",
            "une fracture du bras gauche"];
        var table = await _run.TableAsync(new Values<string>("text", texts), new Values<string>("label", ["a", "b", "c", "d", "e", "f"]));
        var outputs = await _run.RunAsync(
            new SplitRandom(), new SplitRandom.Params(0.34, 0, ShuffleMethod.None, NearTexts: 0.3), ("rows", table));
        var metrics = ((Metrics)outputs["metrics"]).Values;

        Assert.Equal((2, 4), (metrics["train.rows"], metrics["test.rows"]));
        Assert.Equal((1, 2), (metrics["test.texts_also_in_train"], metrics["test.texts_nearly_in_train"]));
        Assert.Equal((1, 2), (metrics["contradictory_texts"], metrics["contradictory_rows"]));
        var warnings = StageRun.CardOf(outputs)["items"]!.AsArray().Where(item => (string)item!["item"]! == "warning")
            .Select(item => (string)item!["name"]!);
        Assert.Equal(["texts_also_in_train", "texts_nearly_in_train", "contradictory_texts"], warnings);
    }

    [Fact]
    public async Task Rows_without_text_or_label_do_no_harm()
    {
        var table = await _run.TableAsync(new Values<string>("text", [null!, "a", "b"]), new Values<string>("label", ["x", null!, "x"]));
        var outputs = await _run.RunAsync(new SplitStratified(), new SplitStratified.Params(), ("rows", table));
        Assert.Equal(3, ((Table)outputs["rows"]).Rows);
    }

    /// <summary>Every pair compared is slower, and plainly right.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(1)]
    public void Near_texts_are_those_of_comparing_every_pair(double similarity)
    {
        var random = new Random(3);
        var texts = Enumerable.Range(0, 600)
            .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(0, 9)).Select(_ => $"w{random.Next(3 + random.Next(9))}")))
            .ToArray();
        var near = new NearTexts(similarity);
        foreach (var (i, text) in texts.Index())
            near.Add(i % 3 == 0, text);

        var expected = texts.Select((text, i) => i % 3 != 0 && text.Length > 0
            && texts.Where((other, j) => j % 3 == 0 && other.Length > 0 && Jaccard(text, other) >= similarity - 1e-9).Any());
        Assert.Equal(expected, near.OfTrain());

        static double Jaccard(string first, string second)
        {
            var (a, b) = (first.Split(' ').ToHashSet(), second.Split(' ').ToHashSet());
            return a.Intersect(b).Count() / (double)a.Union(b).Count();
        }
    }

    private async Task<string[]> SplitAsync(IStage stage, object parameters, int rows, Func<int, string> label)
    {
        var table = await _run.TableAsync(
            new Values<string>("text", [.. Enumerable.Range(0, rows).Select(row => $"text {row}")]),
            new Values<string>("label", [.. Enumerable.Range(0, rows).Select(label)]));
        var outputs = await _run.RunAsync(stage, parameters, ("rows", table));
        var batches = await StageRun.ReadAsync((Table)outputs["rows"]);
        return [.. batches.SelectMany(batch => batch.Values<string>("split").Items)];
    }

    private static (int Train, int Validation, int Test) Counts(string[] splits) =>
        (splits.Count(split => split == "train"), splits.Count(split => split == "validation"), splits.Count(split => split == "test"));
}

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Clean;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class CleanAugmentTests : IDisposable
{
    private const string Text = "un deux trois quatre cinq six sept huit neuf dix";

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Only_training_rows_get_copies_which_have_their_other_columns()
    {
        var rows = await AugmentAsync(new(2, Swap: 0.1), ("train", Text, "a"), ("test", Text, "b"), ("validation", Text, "c"));

        Assert.Equal(["train", "train", "train", "test", "validation"], rows.Values<string>("split").Items);
        Assert.Equal(["a", "a", "a", "b", "c"], rows.Values<string>("label").Items);
        Assert.Equal([false, true, true, false, false], rows.Values<bool>("augmented").Items);
        Assert.Equal(Text, rows.Values<string>("text")[0]);
        Assert.All(rows.Values<string>("text").Items[1..3], copy => Assert.Equal(Sorted(Text), Sorted(copy)));
        Assert.Equal(3, rows.Values<string>("text").Items[..3].Distinct().Count());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_copies()
    {
        var first = await AugmentAsync(new(3, Swap: 0.2, Drop: 0.2), ("train", Text, "a"));
        var second = await AugmentAsync(new(3, Swap: 0.2, Drop: 0.2), ("train", Text, "a"));
        Assert.Equal(first.Values<string>("text").Items, second.Values<string>("text").Items);
    }

    [Fact]
    public async Task Dropping_keeps_the_order_and_at_least_one_word()
    {
        var rows = await AugmentAsync(new(50, Drop: 0.9), ("train", Text, "a"));
        Assert.All(rows.Values<string>("text").Items, copy =>
        {
            var places = copy.Split(' ').Select(word => Array.IndexOf(Text.Split(' '), word)).ToList();
            Assert.NotEmpty(places);
            Assert.Equal(places.Order(), places);
        });
    }

    [Fact]
    public async Task Synonyms_replace_words_that_have_some()
    {
        var file = _run.File("synonyms.txt", "fracture, cassure\n\nbras, membre supérieur\n");
        var rows = await AugmentAsync(new(1, Replace: 1, Synonyms: file), ("train", "Fracture du bras", "a"));
        Assert.Equal("cassure du membre supérieur", rows.Values<string>("text")[1]);
    }

    [Fact]
    public async Task A_copy_that_changed_nothing_is_left_out() =>
        Assert.Equal(["seul"], (await AugmentAsync(new(3, Swap: 1), ("train", "seul", "a"))).Values<string>("text").Items);

    [Fact]
    public async Task What_cannot_be_done_is_refused()
    {
        Assert.Throws<StageException>(() => new CleanAugment.Params());
        Assert.Equal("replace", Assert.Throws<StageException>(() => new CleanAugment.Params(Replace: 0.1)).Parameter);
        var file = _run.File("synonyms.txt", "fracture, cassure\nbras\n");
        var error = await Assert.ThrowsAsync<StageException>(() => AugmentAsync(new(Replace: 0.1, Synonyms: file), ("train", "a", "a")));
        Assert.Equal("synonyms.txt: line 2: 'bras' stands alone", error.Message);
        var table = await _run.TableAsync(new Values<string>("text", ["a b"]));
        await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new CleanAugment(), new CleanAugment.Params(Swap: 0.1), ("rows", table)));
    }

    private static string Sorted(string text) => string.Join(' ', text.Split(' ').Order());

    private async Task<RowBatch> AugmentAsync(CleanAugment.Params parameters, params (string, string, string)[] rows) =>
        await (await _run.RunAsync(new CleanAugment(), parameters, ("rows", await _run.TextsAsync(rows)))).ResultAsync();
}

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Preparation;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class LabelStageTests : IDisposable
{
    private static readonly (string, string, string)[] Codes =
        [("train", "a", "S06"), ("train", "b", "C760"), ("validation", "c", "C77"), ("test", "d", "Z99")];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Classes_are_numbered_alphabetically()
    {
        var outputs = await RunAsync(new LabelClasses(), new LabelClasses.Params(), ("train", "x", "pos"), ("train", "y", "neg"),
            ("test", "z", "pos"));
        Assert.Equal([1, 0, 1], await outputs.TargetsAsync());
        Assert.Equal(["neg", "pos"], LabelCodec.From(outputs.Encoding()).Classes.Names);
    }

    [Fact]
    public async Task An_order_decides_the_numbers()
    {
        var outputs = await RunAsync(
            new LabelClasses(), new LabelClasses.Params(["pos", "neutral", "neg"]), ("train", "x", "pos"), ("train", "y", "neg"));

        Assert.Equal([0, 2], await outputs.TargetsAsync());
        Assert.Contains("classes_without_rows", StageRun.CardOf(outputs).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_labels_are_named_with_their_rows()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => RunAsync(new LabelClasses(), new LabelClasses.Params(), Codes));

        Assert.Equal("2 labels are not among the classes: 'C77' (row 1 of validation), 'Z99' (row 1 of test).", error.Message);
        Assert.Equal("unknown", error.Parameter);
    }

    [Fact]
    public async Task Unknown_labels_can_have_a_class_of_their_own()
    {
        var outputs = await RunAsync(new LabelClasses(), new LabelClasses.Params(Unknown: UnknownLabels.Class), Codes);

        Assert.Equal([1, 0, 2, 2], await outputs.TargetsAsync());
        Assert.Equal(["C760", "S06", "<UNK>"], LabelCodec.From(outputs.Encoding()).Classes.Names);
    }

    [Fact]
    public async Task Prefixes_join_codes_of_one_chapter()
    {
        var outputs = await RunAsync(new LabelPrefix(), new LabelPrefix.Params(Unknown: UnknownLabels.Class), Codes);

        Assert.Equal([1, 0, 0, 2], await outputs.TargetsAsync());
        Assert.Equal(["C", "S", "<UNK>"], LabelCodec.From(outputs.Encoding()).Classes.Names);
    }

    [Fact]
    public async Task Codes_are_spelt_and_new_characters_are_unknown()
    {
        var outputs = await RunAsync(new LabelCharacters(), new LabelCharacters.Params(), Codes);
        var labels = LabelCodec.From(outputs.Encoding()).Characters;

        Assert.Equal(["", "<s>", "</s>", "<UNK>", "0", "6", "7", "C", "S"], labels.Characters);
        Assert.Equal([[1, 8, 4, 5, 2], [1, 7, 6, 5, 4, 2], [1, 7, 6, 6, 2], [1, 3, 3, 3, 2]],
            (await outputs.ResultAsync()).Ids("target_ids"));
        Assert.Equal(["C760", "S06"], labels.ValidCodes);
    }

    [Fact]
    public async Task A_row_without_label_is_named()
    {
        var error = await Assert.ThrowsAsync<StageException>(
            () => RunAsync(new LabelClasses(), new LabelClasses.Params(), ("train", "x", "pos"), ("train", "y", " ")));
        Assert.Equal("There is no label in row 2 of train.", error.Message);
    }

    /// <summary>A file that was split keeps its order; a row is named as it is counted there.</summary>
    [Fact]
    public async Task After_a_split_rows_are_counted_as_in_the_file()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => RunAsync(
            new LabelClasses(), new LabelClasses.Params(),
            ("train", "x", "a"), ("test", "y", "a"), ("train", "z", "b"), ("test", "v", "c")));
        Assert.Equal("1 label is not among the classes: 'c' (row 4, test).", error.Message);

        error = await Assert.ThrowsAsync<StageException>(() => RunAsync(
            new LabelClasses(), new LabelClasses.Params(), ("train", "x", "a"), ("test", "y", " "), ("train", "z", "b")));
        Assert.Equal("There is no label in row 2, test.", error.Message);
    }

    [Fact]
    public async Task Start_and_end_must_differ()
    {
        var error = await Assert.ThrowsAsync<StageException>(() =>
            RunAsync(new LabelCharacters(), new LabelCharacters.Params("_", "_"), Codes));
        Assert.Equal("end", error.Parameter);
    }

    private async Task<ArtifactSet> RunAsync(IStage stage, object parameters, params (string, string, string)[] rows) =>
        await _run.RunAsync(stage, parameters, ("rows", await _run.TextsAsync(rows)));
}

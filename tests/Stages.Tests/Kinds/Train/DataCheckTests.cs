using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Layers;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Data that would train to numbers which look like others.</summary>
public sealed class DataCheckTests : IDisposable
{
    private static readonly Layer[] Network = [new Layer.Embedding(4), new Layer.MaxPool(), new Layer.Dense()];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    public static TheoryData<string, (string, string, string)[]> Hopeless => new()
    {
        { "Every text of the split 'train' is empty: there is nothing to learn from.",
            [("train", "", "A1"), ("train", " ", "B2"), ("validation", "mot", "A1")] },
        { "All 2 rows of the split 'train' have one class, A: nothing can be told apart.",
            [("train", "mot", "A1"), ("train", "autre", "A1"), ("validation", "mot", "A1")] },
    };

    [Theory]
    [MemberData(nameof(Hopeless))]
    public async Task Where_nothing_can_be_learned_nothing_is_trained(string message, (string, string, string)[] rows)
    {
        var error = await Assert.ThrowsAsync<StageException>(async () => await TrainAsync(await _run.ClassesAsync(rows)));
        Assert.Equal(message, error.Message);
        Assert.NotNull(error.Help);
    }

    [Theory]
    [InlineData(new string[0], "The table is empty.")]
    [InlineData(new[] { "test", "validation" }, "The table has test, validation.")]
    public void A_training_split_without_rows_is_refused(string[] splits, string help)
    {
        var read = splits.ToDictionary(split => split, _ => new EncodedSplit(), StringComparer.Ordinal);
        var error = Assert.Throws<StageException>(() => TrainingSplits.Of(read, "validation.loss"));
        Assert.Equal(("There are no rows in the split 'train' to train on.", help), (error.Message, error.Help));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Padding_is_no_word(bool masking)
    {
        (string, string, string)[] rows = [("train", "", "A1"), ("train", "", "B2"), ("validation", "un mot", "A1")];
        var error = await Assert.ThrowsAsync<StageException>(async () => await _run.TrainAsync(
            new TrainClassifier(), new TrainClassifier.Params(Network, EncodedRows.Training(1, 0.01), Masking: masking),
            await _run.ClassesAsync(rows)));
        Assert.StartsWith("Every text of the split 'train' is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_the_vocabulary_does_not_know_teach_nothing()
    {
        var texts = await _run.TextsAsync([("train", "un", "A1"), ("train", "deux", "B2"), ("validation", "trois", "A1")]);
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(MinCount: 5), ("rows", texts));
        var rows = await _run.RunAsync(new LabelPrefix(), new LabelPrefix.Params(1), ("rows", words["rows"]));
        var error = await Assert.ThrowsAsync<StageException>(() => TrainAsync((Table)rows["rows"]));
        Assert.Equal("The vocabulary knows no word of the split 'train': there is nothing to learn from.", error.Message);
    }

    [Fact]
    public async Task Codes_that_are_all_alike_teach_nothing()
    {
        var rows = await _run.CodesAsync([("train", "mot", "A1"), ("train", "autre", "A1"), ("validation", "mot", "B2")]);
        var error = await Assert.ThrowsAsync<StageException>(() => _run.TrainAsync(
            new TrainSeq2seq(), new TrainSeq2seq.Params(EncodedRows.Training(1, 0.01), Embedding: 4, Units: 4), rows));
        Assert.Equal("All 2 rows of the split 'train' have one code: nothing can be told apart.", error.Message);
    }

    [Fact]
    public async Task What_weakens_the_numbers_stands_first_in_the_card()
    {
        var rows = await _run.ClassesAsync([
            ("train", "mot", "A1"), ("train", "autre", "B2"), ("train", "", "C3"), ("train", "mot", "D4"),
            ("validation", "mot", "A1"), ("validation", "autre", "B2"),
        ]);
        var items = StageRun.CardOf(await TrainAsync(rows))["items"]!.AsArray();
        Assert.Equal(
            ["empty_texts: count=1, share=0.25, split=train", "classes_only_in_train: count=2, names=C, D"],
            items.TakeWhile(item => (string)item!["item"]! == "warning").Select(Text));
    }

    [Fact]
    public async Task Without_validation_rows_it_is_said_how_the_best_epoch_was_chosen()
    {
        var items = StageRun.CardOf(
            await TrainAsync(await _run.ClassesAsync([("train", "mot", "A1"), ("train", "autre", "B2")])))["items"]!.AsArray();
        Assert.Equal(["no_validation_rows: "], items.Where(item => (string)item!["item"]! == "warning").Select(Text));
    }

    [Fact]
    public async Task Ordinary_data_have_no_warning()
    {
        var rows = await _run.ClassesAsync(
            [("train", "mot", "A1"), ("train", "autre", "B2"), ("validation", "mot", "A1"), ("validation", "autre", "B2")]);
        var items = StageRun.CardOf(await TrainAsync(rows))["items"]!.AsArray();
        Assert.DoesNotContain(items, item => (string)item!["item"]! == "warning");
    }

    private Task<ArtifactSet> TrainAsync(Table rows) =>
        _run.TrainAsync(new TrainClassifier(), new TrainClassifier.Params(Network, EncodedRows.Training(1, 0.01)), rows);

    private static string Text(JsonNode? warning) =>
        $"{warning!["name"]}: {string.Join(", ", warning["values"]!.AsObject().Select(value => $"{value.Key}={value.Value}"))}";
}

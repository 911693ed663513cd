using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Export;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;
using TorchSharp;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Pretraining on sentences in which every word follows from the one beside it.</summary>
public sealed class TrainMaskedLanguageModelTests : IDisposable
{
    private static readonly string[] Sentences = ["fracture du bras", "plaie au dos", "asthme chez enfant", "grippe en hiver"];

    private static readonly (string Split, string Text, string Label)[] Texts =
        [.. Enumerable.Range(0, 80).Select(i => (i < 64 ? "train" : "validation", Sentences[i % 4], "x"))];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task What_was_masked_is_guessed_from_what_stands_beside_it()
    {
        var outputs = await TrainAsync(await RowsAsync(), Params(30) with { EncoderDropout = 0 });
        var metrics = outputs.MetricsOf();
        // Twelve words, four at each position: whoever does not read the neighbours is right once in four times.
        Assert.True(metrics["validation.masked_accuracy"] > 0.8, $"{metrics["validation.masked_accuracy"]}");
        Assert.Equal(Math.Exp(metrics["validation.loss"]), metrics["validation.perplexity"], 9);
        // The head that guesses is drawn with it, though it is not kept.
        Assert.Equal(metrics["parameters"], StageRun.NetworkOf(outputs).SkipLast(1).Sum(layer => layer.Parameters));
    }

    [Fact]
    public async Task The_model_is_what_load_encoder_gives_of_its_export()
    {
        var model = (Model)(await TrainAsync(await RowsAsync(), Params(1)))["model"];
        var exported = (Model)(await _run.RunAsync(new ExportHuggingface(), new ExportHuggingface.Params(), ("model", model)))["model"];
        var loaded = await _run.RunAsync(new LoadEncoder(), new LoadEncoder.Params(new(exported.Directory)));
        // The id is the hash of configuration, weights and tokenizer: hidden states cannot differ.
        Assert.Equal(model.Id, loaded["model"].Id);
        Assert.Equal("encoder", model.Architecture);
        Assert.DoesNotContain(
            Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName)).Keys,
            name => name.StartsWith("predictions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_pretraining_goes_on_as_if_nothing_had_happened()
    {
        var rows = await RowsAsync();
        var whole = await TrainAsync(rows, Params(3), "whole");
        foreach (var after in new[] { 24, 90, 150 })
        {
            using var cancelled = new CancellationTokenSource();
            _run.Progressed = progress =>
            {
                if (progress.Done >= after)
                    cancelled.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TrainAsync(rows, Params(3), "parts", cancelled.Token));
        }
        _run.Progressed = null;
        var resumed = await TrainAsync(rows, Params(3), "parts");
        Assert.Contains(_run.Lines, line => line.StartsWith("Resumed after epoch", StringComparison.Ordinal));
        Assert.Equal(whole["model"].Id, resumed["model"].Id);
    }

    [Fact]
    public async Task Embeddings_are_handed_on_as_long_as_they_were_drawn()
    {
        var model = (Model)(await TrainAsync(await RowsAsync(), Params(10)))["model"];
        var weights = Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName));

        Assert.Equal(0.02, Math.Sqrt(weights["embeddings.word_embeddings.weight"].Values.Average(value => (double)value * value)), 6);
    }

    [Fact]
    public void Shorter_embeddings_give_the_same_hidden_states()
    {
        EncoderConfig config = new(EncoderConfig.Bert, 50, 16, 2, 4, 32, 12, PadTokenId: 0, HasPooler: false);
        using var encoder = new TransformerEncoder(config, torch.CPU, seed: 7, random: true);
        using var frozen = torch.no_grad();
        foreach (var table in encoder.Parameters.Items.Where(
            weight => weight.Name.EndsWith("_embeddings.weight", StringComparison.Ordinal)))
            table.Value.mul_(5);
        var before = HiddenStates(encoder);
        encoder.ShortenEmbeddings();

        Assert.All(before.Zip(HiddenStates(encoder)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(0.02, ParameterSet.ToArray(encoder.WordEmbeddings.square().mean().sqrt())[0], 1e-6);
    }

    private static float[] HiddenStates(TransformerEncoder encoder)
    {
        var batch = PaddedBatch.Of(Ragged.Of([[2, 11, 12, 3], [2, 40, 41, 42, 43, 3]]), [0, 1], padding: 0);
        var words = TransformerEncoder.Spread(batch, encoder.Gather(batch, training: false).Rows);
        return ParameterSet.ToArray(encoder.HiddenStates(batch, words, DropoutMasks.None));
    }

    [Fact]
    public async Task Without_pretraining_the_weights_are_as_they_were_drawn()
    {
        var rows = await RowsAsync();
        var drawn = await TrainAsync(rows, Params(3) with { Pretrain = false }, "drawn");
        Assert.Equal(["parameters"], drawn.MetricsOf().Keys);
        var again = await TrainAsync(rows, Params(9) with { Pretrain = false }, "again");
        Assert.Equal(drawn["model"].Id, again["model"].Id);
        Assert.NotEqual(drawn["model"].Id, (await TrainAsync(rows, Params(1), "trained"))["model"].Id);
    }

    [Fact]
    public async Task Longer_texts_are_cut_off_and_counted()
    {
        var outputs = await TrainAsync(await RowsAsync(), Params(1) with { Length = 4 });
        Assert.Contains("\"cut_texts\"", StageRun.CardOf(outputs).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(4, TransformerEncoder.ConfigOf((Model)outputs["model"]).MaxTokens);
    }

    [Fact]
    public async Task Rows_without_a_token_for_what_is_masked_are_refused()
    {
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", await _run.TextsAsync(Texts)));
        var error = await Assert.ThrowsAsync<StageException>(() => TrainAsync((Table)words["rows"], Params(1)));
        Assert.Equal("These rows were tokenized by tokenize/words, which has no token for what is masked.", error.Message);
        Assert.Contains("tokenize/wordpiece", error.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_share_the_hidden_units() => Assert.Equal("hidden",
        Assert.Throws<StageException>(() => Params(1) with { } is var p ? new TrainMaskedLanguageModel.Params(p.Training, 10, 1, 4) : p)
            .Parameter);

    private static TrainMaskedLanguageModel.Params Params(int epochs) => new(
        new(Batch: 8, Epochs: epochs, Optimizer: new OptimizerParams.Adamw(0.01, 0.01), Schedule: new Schedule.Linear(0.1), ClipNorm: 1),
        Hidden: 16, Layers: 1, Heads: 2, Length: 16);

    private async Task<Table> RowsAsync() => (Table)(await _run.RunAsync(
        new TokenizeWordpiece(), new TokenizeWordpiece.Params(Size: 90), ("rows", await _run.TextsAsync(Texts))))["rows"];

    private Task<ArtifactSet> TrainAsync(
        Table rows, TrainMaskedLanguageModel.Params parameters, string work = "work", CancellationToken cancellation = default)
    {
        IStage stage = new TrainMaskedLanguageModel();
        var context = _run.Context() with { WorkDirectory = Path.Combine(_run.Context().WorkDirectory, work) };
        return stage.RunAsync(
            new(new Dictionary<string, IReadOnlyList<Artifact>> { ["rows"] = [rows] }), parameters, context, cancellation);
    }
}

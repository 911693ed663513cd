using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training.Optimization;
using Pipelines.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>A small BERT of random weights against PyTorch's own encoder layers (fixtures/make_bert.py).</summary>
public sealed class BertTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Golden.FolderOf(), "fixtures", "bert");
    private static readonly Expected Reference = JsonSerializer.Deserialize<Expected>(
        File.ReadAllBytes(Path.Combine(Folder, "expected.json")), Json.Plain)!;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TempWorkspace _workspace = new();
    private readonly TransformerEncoder _encoder = TransformerEncoder.Load(Folder, CPU);

    public void Dispose()
    {
        _encoder.Dispose();
        _workspace.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Hidden_states_of_a_padded_batch_are_those_of_PyTorch()
    {
        var batch = Batch(0, 1, 2);
        var hidden = Hidden(batch);
        for (var i = 0; i < batch.Lengths.Length; i++)
            LstmFixture.Near(Reference.Hidden[i], hidden[i].narrow(0, 0, batch.Lengths[i]), 1e-5f);
        LstmFixture.Near(Reference.Pooled, _encoder.Pool(batch, hidden, Pooling.Pooler), 1e-5f);
    }

    [Fact]
    public void Attention_of_a_padded_batch_is_that_of_PyTorch()
    {
        var batch = Batch(0, 1, 2);
        List<Tensor> layers = [];
        _encoder.HiddenStates(batch, Words(_encoder, batch), DropoutMasks.None, layers);
        for (var i = 0; i < batch.Lengths.Length; i++)
            foreach (var (layer, weights) in layers.Index())
            {
                var text = weights.narrow(0, 4 * i, 4).narrow(1, 0, batch.Lengths[i]);
                LstmFixture.Near(Reference.Attention[i][layer], text.narrow(2, 0, batch.Lengths[i]), 1e-5f);
                Assert.Equal(0, text.narrow(2, batch.Lengths[i], batch.Steps - batch.Lengths[i]).abs().sum().item<float>());
            }
    }

    /// <summary>What the first token, the last and all alike are made of in the end.</summary>
    [Fact]
    public void Rollout_is_that_of_its_authors()
    {
        foreach (var (text, length) in Reference.Texts.Select(text => text.Length).Index())
        {
            AttentionLayer[] layers = [.. Reference.Attention[text].Select(weights => new AttentionLayer(
                [.. weights.Select(weight => (double)weight).Chunk(length * length).Select(head => head.Chunk(length).ToArray())]))];
            var expected = Reference.Rollout[text].Chunk(length).ToArray();
            double[] Rollout(double[] read) => new TextAttention(new("", 1, []), Written: null, layers, read).ByToken();
            double[] Only(int token) => [.. Enumerable.Range(0, length).Select(i => i == token ? 1.0 : 0.0)];
            Near(expected[0], Rollout(Only(0)));
            Near(expected[^1], Rollout(Only(length - 1)));
            Near([.. Enumerable.Range(0, length).Select(token => expected.Average(row => row[token]))],
                Rollout([.. Enumerable.Repeat(1.0 / length, length)]));
        }

        static void Near(float[] expected, double[] actual) =>
            LstmFixture.Near(expected, Numbers.Of([.. actual.Select(value => (float)value)], [actual.Length]));
    }

    [Fact]
    public void A_text_has_the_same_rows_alone_and_padded()
    {
        var together = Batch(0, 1, 2);
        foreach (var pooling in Enum.GetValues<Pooling>())
        {
            var rows = _encoder.Pool(together, Hidden(together), pooling);
            for (var i = 0; i < 3; i++)
                LstmFixture.Near(ParameterSet.ToArray(_encoder.Pool(Batch(i), Hidden(Batch(i)), pooling)[0]), rows[i], 1e-5f);
        }
        var mean = _encoder.Pool(Batch(1), Hidden(Batch(1)), Pooling.Mean);
        LstmFixture.Near(ParameterSet.ToArray(Hidden(Batch(1)).mean([1])), mean);
    }

    [Fact]
    public void A_text_without_tokens_has_finite_rows()
    {
        var batch = PaddedBatch.Of(Ragged.Of([[], [2, 3]]), [0, 1], padding: 0);
        Assert.All(ParameterSet.ToArray(Hidden(batch)), value => Assert.True(float.IsFinite(value)));
        LstmFixture.Near(new float[16], _encoder.Pool(batch, Hidden(batch), Pooling.Mean)[0]);
    }

    [Fact]
    public void Gradients_of_word_embeddings_are_those_of_finite_differences()
    {
        var batch = Batch(0, 1);
        var words = TransformerEncoder.Spread(batch, _encoder.Gather(batch, training: false).Rows).detach().requires_grad_(true);
        Tensor Score(Tensor at) => _encoder.Pool(batch, _encoder.HiddenStates(batch, at, DropoutMasks.None), Pooling.First).sin().sum();
        var gradient = ParameterSet.ToArray(autograd.grad([Score(words)], [words])[0]);
        using var frozen = no_grad();
        for (var i = 0; i < gradient.Length; i += 11)
        {
            var step = zeros(gradient.Length);
            step[i] = 1e-2;
            var (above, below) = (Score(words + step.reshape(words.shape)), Score(words - step.reshape(words.shape)));
            Assert.Equal((above.item<float>() - below.item<float>()) / 2e-2, gradient[i], 5e-3);
        }
        // The second text has three tokens: nothing depends on its padding.
        Assert.All(gradient[((batch.Steps + 3) * 16)..], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(null, 38, "embeddings.word_embeddings.weight")]
    [InlineData(0, 34, "encoder.layer.0.attention.self.query.weight")]
    [InlineData(1, 18, "encoder.layer.1.attention.self.query.weight")]
    [InlineData(2, 2, "pooler.dense.weight")]
    public void Layers_from_one_on_are_trained_and_the_others_stay(int? layer, int trained, string first)
    {
        _encoder.TrainFrom(layer);
        string[] wanted = [.. _encoder.Parameters.Items.Where(parameter => parameter.Value.requires_grad)
            .Select(parameter => parameter.Name)];
        var changed = Step();
        Assert.Equal(trained, wanted.Length);
        Assert.Equal(first, changed[0] == "embeddings.word_embeddings.weight" ? changed[0] : wanted[0]);
        Assert.Empty(changed.Except(wanted.Append("embeddings.word_embeddings.weight")));
        Assert.Equal(layer is null, changed.Contains("embeddings.word_embeddings.weight"));
        Assert.Contains("pooler.dense.weight", changed);
    }

    [Fact]
    public void Nothing_of_a_frozen_encoder_changes()
    {
        _encoder.Freeze();
        Assert.DoesNotContain(_encoder.Parameters.Items, parameter => parameter.Value.requires_grad);
        Assert.False(_encoder.Gather(Batch(0), training: true).Rows.requires_grad);
    }

    [Fact]
    public void What_was_saved_is_loaded_again()
    {
        File.Copy(Path.Combine(Folder, EncoderConfig.FileName), Path.Combine(_workspace.Root, EncoderConfig.FileName));
        Step();
        Safetensors.Write(Path.Combine(_workspace.Root, PublishedFolder.SafetensorsName), _encoder.Parameters.Save());
        using var again = TransformerEncoder.Load(_workspace.Root, CPU);
        Assert.Equal(ParameterSet.ToArray(Hidden(Batch(0))),
            ParameterSet.ToArray(again.HiddenStates(Batch(0), Words(again, Batch(0)), DropoutMasks.None)));
    }

    [Fact]
    public void Dropout_is_drawn_from_the_seed_and_the_step()
    {
        var masks = new DropoutMasks(seed: 5, CPU);
        float[] Drawn(long step)
        {
            masks.Start(step);
            return ParameterSet.ToArray(_encoder.HiddenStates(Batch(0), Words(_encoder, Batch(0)), masks));
        }
        var first = Drawn(1);
        Assert.NotEqual(first, Drawn(2));
        Assert.Equal(first, Drawn(1));
    }

    [Fact]
    public void All_weights_that_do_not_fit_are_named_at_once()
    {
        var weights = Safetensors.Read(Path.Combine(Folder, PublishedFolder.SafetensorsName)).ToDictionary();
        weights.Remove("bert.pooler.dense.bias");
        weights["bert.embeddings.LayerNorm.weight"] = new([4], new float[4]);
        weights["bert.encoder.layer.2.output.dense.bias"] = new([16], new float[16]);
        File.Copy(Path.Combine(Folder, EncoderConfig.FileName), Path.Combine(_workspace.Root, EncoderConfig.FileName));
        Safetensors.Write(Path.Combine(_workspace.Root, PublishedFolder.SafetensorsName), weights);
        var error = Assert.Throws<StageException>(() => TransformerEncoder.Load(_workspace.Root, CPU));
        Assert.EndsWith(
            "'embeddings.LayerNorm.weight' is 4, not 16; 'pooler.dense.bias' (16) is missing; "
            + "'encoder.layer.2.output.dense.bias' (16) is none of it.", error.Message);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"model_type": "bert"}""", "vocab_size is 0; hidden_size is 0")]
    [InlineData("""{"model_type": "gpt2", "vocab_size": 9, "hidden_size": 10, "num_hidden_layers": 1,"""
        + """ "num_attention_heads": 3, "intermediate_size": 0, "max_position_embeddings": 5}""",
        "model_type is 'gpt2', not 'bert', 'distilbert', 'roberta' or 'camembert'; intermediate_size is 0;"
        + " hidden_size 10 is no multiple of num_attention_heads 3")]
    public void A_configuration_of_something_else_is_refused(string config, string why)
    {
        _workspace.Write(EncoderConfig.FileName, config);
        Assert.Contains(why, Assert.Throws<StageException>(() => TransformerEncoder.Load(_workspace.Root, CPU)).Message);
    }

    [Fact]
    public void A_text_longer_than_the_positions_is_refused()
    {
        var batch = PaddedBatch.Of(Ragged.Of([new int[13]]), [0], padding: 0);
        Assert.Contains("13 tokens, and the network has 12 positions", Assert.Throws<StageException>(() => Hidden(batch)).Message);
    }

    /// <summary>The names of what a step of training changed.</summary>
    private List<string> Step()
    {
        var before = _encoder.Parameters.Save();
        using var optimizer = new Optimizer(new(Optimizer: new OptimizerParams.Sgd(0.1)), _encoder.Parameters);
        var batch = Batch(0, 1, 2);
        var lookup = _encoder.Gather(batch, training: true);
        var hidden = _encoder.HiddenStates(batch, TransformerEncoder.Spread(batch, lookup.Rows), DropoutMasks.None);
        (_encoder.Pool(batch, hidden, Pooling.Pooler).sum() + hidden.sin().sum()).backward();
        optimizer.Step([lookup]);
        return [.. before.Zip(_encoder.Parameters.Save()).Where(pair => !pair.First.Value.Values.SequenceEqual(pair.Second.Value.Values))
            .Select(pair => pair.First.Key)];
    }

    private static PaddedBatch Batch(params int[] texts) => PaddedBatch.Of(Ragged.Of(Reference.Texts), texts, padding: 0);

    private static Tensor Words(TransformerEncoder encoder, PaddedBatch batch) =>
        TransformerEncoder.Spread(batch, encoder.Gather(batch, training: false).Rows);

    private Tensor Hidden(PaddedBatch batch) => _encoder.HiddenStates(batch, Words(_encoder, batch), DropoutMasks.None);

    private sealed record Expected(int[][] Texts, float[][] Hidden, float[] Pooled, float[][][] Attention, float[][] Rollout);
}

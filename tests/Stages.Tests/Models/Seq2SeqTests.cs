using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Seq2Seq;
using Pipelines.Stages.Torch;
using Pipelines.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>Encoders and decoders of random weights against the same written out step by step on padded texts (fixtures/make_seq2seq.py).
/// </summary>
public sealed class Seq2SeqTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<Attention> Attentions => [.. Enum.GetValues<Attention>()];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Attentions))]
    public void Scores_and_gradients_are_those_of_PyTorch(Attention attention)
    {
        using var loaded = Loaded.Of(attention);
        var (model, batch, expected) = (loaded.Model, loaded.Batch, loaded.Expected);
        var gathered = model.Gather(batch.Texts, training: true);
        var logits = model.Logits(batch, model.Encode(batch.Texts, gathered.Rows, DropoutMasks.None), DropoutMasks.None);
        LstmFixture.Near(loaded.Packed(expected.Logits), logits, 1e-5f);

        var loss = nn.functional.cross_entropy(logits, Indices.Of(batch.Targets, CPU));
        LstmFixture.Near([expected.Loss], loss.reshape(1), 1e-5f);
        loss.backward();
        foreach (var parameter in model.Parameters.Items)
        {
            var gradient = parameter.IsEmbedding
                ? zeros_like(parameter.Value).index_add(0, gathered.Index, gathered.Rows.grad!, 1)
                : parameter.Value.grad!;
            LstmFixture.Near(expected.Gradients[parameter.Name], gradient, 1e-5f);
        }
    }

    [Theory]
    [MemberData(nameof(Attentions))]
    public void Reading_its_own_characters_it_gives_the_scores_of_PyTorch(Attention attention)
    {
        using var loaded = Loaded.Of(attention);
        LstmFixture.Near(loaded.Packed(loaded.Expected.FreeRunning), Sampled(loaded, share: 0), 1e-5f);
        LstmFixture.Near(loaded.Packed(loaded.Expected.Logits), Sampled(loaded, share: 1), 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Attentions))]
    public void Weights_of_the_words_are_those_of_PyTorch(Attention attention)
    {
        using var loaded = Loaded.Of(attention);
        if (attention == Attention.None)
            return;
        var (model, batch) = (loaded.Model, loaded.Batch);
        var codes = new DecodedSequences(batch.TextOfCode, batch.Codes, batch.Inputs.RowOfPosition, batch.Targets);
        var encoded = model.Encode(batch.Texts, model.Gather(batch.Texts, training: false).Rows, DropoutMasks.None);
        foreach (var (t, weights) in model.AttentionWeights(codes, encoded).Index())
            for (var i = 0; i < batch.Codes.BatchSizes[t]; i++)
            {
                var text = batch.Texts.Order[batch.TextOfCode[i]];
                var expected = loaded.Expected.Shares[text][t];
                LstmFixture.Near(expected, weights[i].narrow(0, 0, expected.Length), 1e-5f);
            }
    }

    /// <summary>Keras' own test of its AdditiveAttention, which has no kernels of its own: they are the identity.</summary>
    [Fact]
    public void AdditiveAttention_is_that_of_Keras()
    {
        using var parameters = new ParameterSet(seed: 1, CPU);
        var score = new AdditiveScore(parameters, units: 2);
        using (no_grad())
        {
            parameters.Items[0].Value.copy_(eye(2));
            parameters.Items[1].Value.copy_(eye(2));
            parameters.Items[2].Value.fill_(1);
        }
        var (queries, keys) = (Matrix([1, 0, 0, 1]), Matrix([0, 1, 1, 0]));
        var values = Matrix([1, 2, 3, 4]);
        var seen = score.Weights(queries, new(values, score.Keys(keys[0]).unsqueeze(0), zeros(1, 2)));
        LstmFixture.Near([0.63625833f, 0.36374167f, 0.36374167f, 0.63625833f], seen.reshape(-1));
        LstmFixture.Near([1.7274834f, 2.7274834f, 2.2725167f, 3.2725167f], seen.bmm(values).reshape(-1));

        var secondIsPadding = new PaddedTexts([1, 2]).Absences(CPU).narrow(0, 0, 1);
        LstmFixture.Near(
            [1, 0, 1, 0], score.Weights(queries, new(values, score.Keys(keys[0]).unsqueeze(0), secondIsPadding)).reshape(-1), tolerance: 0);
    }

    private static Tensor Matrix(float[] values) => Numbers.Of(values, [1, 2, 2]);

    private static Tensor Sampled(Loaded loaded, double share)
    {
        var (model, batch) = (loaded.Model, loaded.Batch);
        var encoded = model.Encode(batch.Texts, model.Gather(batch.Texts, training: false).Rows, DropoutMasks.None);
        return model.Logits(batch, encoded, DropoutMasks.None, new SampledCharacters(share, new(5)));
    }

    private sealed record Stored(long[] Shape, float[] Values);

    private sealed record Fixture(
        int Words, int Characters, int Size, int Units, int[][] Texts, int[][] Codes, Dictionary<string, Stored> Weights,
        Dictionary<string, float[]> Gradients, float Loss, float[][][] Logits, float[][][] FreeRunning, float[][][] Shares);

    private sealed record Loaded(Fixture Expected, Seq2Seq Model, Seq2SeqBatch Batch) : IDisposable
    {
        public static Loaded Of(Attention attention)
        {
            var name = JsonNamingPolicy.KebabCaseLower.ConvertName(attention.ToString());
            var path = Path.Combine(Golden.FolderOf(), "fixtures", "seq2seq", $"{name}.json");
            var fixture = JsonSerializer.Deserialize<Fixture>(File.ReadAllBytes(path), Json.Plain)!;
            var model = new Seq2Seq(
                new(fixture.Words, fixture.Characters, MaxLength: 6, fixture.Size, fixture.Units, Dropout: 0, Masking: true)
                {
                    Attention = attention,
                },
                seed: 0, CPU, threads: 1);
            model.Parameters.Load(fixture.Weights.ToDictionary(
                weight => weight.Key, weight => new StoredTensor(weight.Value.Shape, weight.Value.Values)));
            var packer = new Seq2SeqPacker(Ragged.Of(fixture.Texts), Ragged.Of(fixture.Codes), fixture.Words, fixture.Characters);
            return new(fixture, model, packer.Pack([.. Enumerable.Range(0, fixture.Texts.Length)]));
        }

        /// <summary>Values by text and step, in the order of the packed codes.</summary>
        public float[] Packed(float[][][] values) =>
        [
            .. Enumerable.Range(0, Batch.Codes.Steps).SelectMany(t => Enumerable.Range(0, Batch.Codes.BatchSizes[t])
                .SelectMany(i => values[Batch.Texts.Order[Batch.TextOfCode[i]]][t])),
        ];

        public void Dispose() => Model.Dispose();
    }
}

using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Explaining.Gradients;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.TestKit;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Explaining;

/// <summary>Integrated gradients of a small BERT against the same by PyTorch (make_integrated_gradients.py).</summary>
public sealed class TransformerAttributionsTests : IDisposable
{
    private static readonly string Folder = Golden.FolderOf();
    private static readonly Expected Reference = JsonSerializer.Deserialize<Expected>(
        File.ReadAllBytes(Path.Combine(Folder, "integrated-gradients.json")), Json.Plain)!;

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _run.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(QuadratureRule.GaussLegendre, 128, 1e-4)]
    [InlineData(QuadratureRule.Trapezoid, 800, 2e-3)]
    public async Task Every_class_has_the_attributions_that_PyTorch_finds(QuadratureRule rule, int steps, double tolerance)
    {
        using var predictor = Predictor.Load(await ModelAsync(), new(Threads: 2));
        // The words of the fixture are w0, w1, ... from id 4 on; the ends are special tokens.
        var rows = Reference.Results.Select(result => result.Text).DistinctBy(text => string.Join(' ', text))
            .Select(ids => string.Join(' ', ids[1..^1].Select(id => $"w{id - 4}")))
            .Select(text => new LabelledInput("test", text, "0", predictor.Encode(text), [])).ToList();

        var explained = new IntegratedGradientsExplainer(predictor, ExplainedLabels.Every, new(steps, rule), false, 512, 2)
            .Explain(rows, _ => { }, default);

        foreach (var expected in Reference.Results)
        {
            var text = explained.Single(text => text.Row.Input.Ids.SequenceEqual(expected.Text));
            var label = text.Labels.Single(label => label.Label == $"{expected.Label}");
            Assert.Equal(expected.Text.Length - 2, label.Scores.Length);
            Assert.All(label.Scores.Zip(expected.Attributions[1..^1]), pair => Assert.Equal(pair.Second, pair.First, tolerance));
            Assert.Equal(0, label.Rest, 1e-6);
            Assert.Equal(label.Output - label.Base, label.Scores.Sum(), 10 * tolerance);
        }
    }

    private async Task<Model> ModelAsync()
    {
        var fixture = Path.Combine(Folder, "../Models/fixtures/bert");
        var published = TransformerEncoder.Load(fixture, CPU);
        TransformerSettings settings = new(published.Config, Pooling.First, Classes: 3, Dropout: 0.1, Hidden: null, Activation.Linear);
        using TransformerClassifier classifier = new(published, settings);
        var weights = classifier.Encoder.Parameters.Save().ToDictionary(weight => weight.Key, weight => weight.Value);
        weights["classifier.kernel"] = new([16, 3], [.. Reference.Head.SelectMany(row => row)]);
        string[] vocabulary = [.. File.ReadAllLines(Path.Combine(fixture, "vocab.txt")), "[MASK]"];
        var tokenizer = WordPieceTokenizer.Of(vocabulary, lower: true, stripAccents: true);
        var encoding = EncodingChain.Empty.With(new(WordPieceTokenizer.Kind, tokenizer.ToSettings()))
            .With(new(ClassLabels.ClassesKind, ClassLabels.Of(["0", "1", "2"]).ToSettings()));
        return await ModelBundle.WriteAsync(
            _run.Context(), TransformerPredictor.ArchitectureName, encoding, settings, 1, weights, CancellationToken.None);
    }

    private sealed record Expected(float[][] Head, IReadOnlyList<Result> Results);

    private sealed record Result(int[] Text, int Label, double[] Attributions);
}

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Networks whose words start from vectors that others trained.</summary>
public sealed class PretrainedVectorsTests : IDisposable
{
    private const string File = "fracture 5 0 0\ndouleur 0 5 0\nplaie 0 0 5\n";

    private readonly StageRun _run = new();
    private int _trainings;

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Frozen_vectors_stay_what_they_are_and_are_no_trainable_parameters()
    {
        var (outputs, given) = await TrainAsync(new Layer.Embedding(3, Trainable: false, Vectors: true));
        Assert.All(given.Words, word => Assert.Equal(given.Expected[word], given.Trained[word]));
        Assert.Equal((given.Vocabulary * 3) + 12 + 4, outputs.MetricsOf()["parameters"]);
        Assert.Equal(12 + 4, outputs.MetricsOf()["trainable_parameters"]);
        // Three of four classes are told apart by a word that has a vector.
        Assert.True(outputs.MetricsOf()["validation.accuracy"] > 0.7);
    }

    [Fact]
    public async Task Trained_vectors_leave_where_they_started()
    {
        var (outputs, given) = await TrainAsync(new Layer.Embedding(3, Vectors: true));
        Assert.All(given.Words, word => Assert.NotEqual(given.Expected[word], given.Trained[word]));
        Assert.All(given.Words, word => Assert.InRange(given.Trained[word].Max(), 3, 7));
        Assert.Equal(outputs.MetricsOf()["parameters"], outputs.MetricsOf()["trainable_parameters"]);
    }

    [Fact]
    public async Task Words_without_a_vector_start_as_ever()
    {
        var (_, with) = await TrainAsync(new Layer.Embedding(3, Trainable: false, Vectors: true));
        var (_, without) = await TrainAsync(new Layer.Embedding(3, Trainable: false));
        Assert.Equal(without.Trained["bras"], with.Trained["bras"]);
        Assert.NotEqual(without.Trained["plaie"], with.Trained["plaie"]);
    }

    [Fact]
    public async Task Vectors_of_another_size_are_refused()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => TrainAsync(new Layer.Embedding(4, Vectors: true)));
        Assert.Equal("The embedding has vectors of 4 numbers, and the given ones have 3.", error.Message);
        Assert.Equal("layers.0.embedding.size", error.Parameter);
    }

    [Fact]
    public async Task Vectors_that_are_missing_are_asked_for()
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        Layer[] layers = [new Layer.Embedding(4, Vectors: true), new Layer.MaxPool(), new Layer.Dense()];
        var error = await Assert.ThrowsAsync<StageException>(() => _run.TrainAsync(
            new TrainClassifier(), new TrainClassifier.Params(layers, EncodedRows.Training(1, 0.01)), rows));
        Assert.Equal("layers.0.embedding.vectors", error.Parameter);
        Assert.NotNull(error.Help);
    }

    private async Task<(ArtifactSet Outputs, Given Given)> TrainAsync(Layer.Embedding embedding)
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var vectors = await _run.RunAsync(
            new EmbedVectors(), new EmbedVectors.Params(_run.File("vectors.txt", File)), ("rows", rows));
        Layer[] layers = [embedding, new Layer.MaxPool(), new Layer.Dense()];
        var outputs = await _run.TrainAsync(
            new TrainClassifier(), new TrainClassifier.Params(layers, EncodedRows.Training(15, 0.02)), rows,
            work: $"{_trainings++}", vectors: vectors["vectors"]);
        return (outputs, new(TextPreprocessor.From(rows.Encoding).Tokenizer.Vocabulary, outputs));
    }

    private sealed class Given(IReadOnlyList<string> vocabulary, ArtifactSet outputs)
    {
        private readonly float[] _weights = Safetensors.Read(Path.Combine(outputs["model"].Directory, Model.WeightsFileName))
            ["embedding.embeddings"].Values;

        public int Vocabulary => vocabulary.Count;

        public IEnumerable<string> Words => Expected.Keys;

        public Dictionary<string, float[]> Expected { get; } = new()
        {
            ["fracture"] = [5, 0, 0],
            ["douleur"] = [0, 5, 0],
            ["plaie"] = [0, 0, 5],
        };

        public Dictionary<string, float[]> Trained =>
            vocabulary.Select((word, id) => KeyValuePair.Create(word, _weights[(id * 3)..((id + 1) * 3)])).ToDictionary();
    }
}

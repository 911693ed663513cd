using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Text;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>What is done with words that have vectors, whoever made them.</summary>
public sealed class EmbedWordsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_vectors_of_a_model_are_those_of_its_words()
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        Layer[] layers = [new Layer.Embedding(6), new Layer.MaxPool(), new Layer.Dense()];
        var trained = await _run.TrainAsync(
            new TrainClassifier(), new TrainClassifier.Params(layers, EncodedRows.Training(20, 0.02)), rows);
        var learned = await _run.RunAsync(new EmbedModel(), new EmbedModel.Params(), ("model", trained["model"]));
        var batch = Assert.Single(await StageRun.ReadAsync((Table)learned["vectors"]));
        Assert.Equal(TextPreprocessor.From(rows.Encoding).Tokenizer.Vocabulary.Skip(2), batch.Values<string>("word").Items);
        // The words that tell classes apart have moved away from each other.
        var near = await NearAsync((Table)learned["vectors"], new(Pairs: [["fracture", "plaie"]], Words: ["fracture"], Count: 2));
        Assert.True(Similarity(near) < 0.3, $"{Similarity(near)}");
    }

    [Fact]
    public async Task A_model_without_an_embedding_has_no_vectors()
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var trained = await _run.RunAsync(new TrainMajority(), new TrainMajority.Params(), ("rows", rows));
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new EmbedModel(), new EmbedModel.Params(), ("model", trained["model"])));
        Assert.Equal("A model of the architecture 'linear' has no vectors of words.", error.Message);
    }

    [Fact]
    public async Task Neighbours_are_listed_nearest_first()
    {
        var outputs = await NearAsync(await VectorsAsync(), new(Words: ["a", "nowhere"], Pairs: [["a", "c"]], Count: 2));
        var batch = Assert.Single(await StageRun.ReadAsync((Table)outputs["neighbours"]));
        Assert.Equal(["b", "d"], batch.Values<string>("neighbour").Items);
        Assert.Equal([1, 2], batch.Values<int>("rank").Items);
        Assert.Equal(Math.Sqrt(0.5), batch.Values<double>("similarity").Items[0], 1e-6);
        Assert.Equal(-1, Similarity(outputs), 1e-6);
        Assert.Contains("nowhere", StageRun.CardOf(outputs).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_all_have_no_vector_are_an_error()
    {
        var vectors = await VectorsAsync();
        var error = await Assert.ThrowsAsync<StageException>(() => NearAsync(vectors, new(Words: ["x", "y"])));
        Assert.Equal("None of the words has a vector: x, y.", error.Message);
        var map = await Assert.ThrowsAsync<StageException>(() => MapAsync(vectors, new(Groups("g", "x"))));
        Assert.Equal("groups", map.Parameter);
    }

    [Theory]
    [InlineData("pairs.1")]
    [InlineData("analogies.0")]
    public void Words_that_belong_together_are_counted(string parameter)
    {
        var error = Assert.Throws<StageException>(() => parameter[0] == 'p'
            ? new EmbedNeighbours.Params(Pairs: [["a", "b"], ["a"]])
            : new EmbedNeighbours.Params(Analogies: [["a", "b"]]));
        Assert.Equal(parameter, error.Parameter);
    }

    [Fact]
    public async Task A_map_has_a_point_for_each_word_of_its_groups()
    {
        var vectors = await VectorsAsync();
        foreach (var method in new Projection[]
        {
            new Projection.Pca(), new Projection.Tsne(2), new Projection.Tsne(2, 300, ProjectionStart.Random),
        })
        {
            EmbedMap.Params parameters = new(Groups("near", "a", "b", "nowhere", "far", "c", "d"), Method: method);
            var outputs = await MapAsync(vectors, parameters);
            var batch = Assert.Single(await StageRun.ReadAsync((Table)outputs["points"]));
            Assert.Equal(["c", "d", "a", "b"], batch.Values<string>("word").Items);
            Assert.Equal(["far", "far", "near", "near"], batch.Values<string>("group").Items);
            Assert.All(batch.Values<double>("x").Items, value => Assert.True(double.IsFinite(value)));
            Assert.Equal(outputs["points"].Id, (await MapAsync(vectors, parameters))["points"].Id);
        }
    }

    [Fact]
    public async Task A_perplexity_as_large_as_the_words_is_refused()
    {
        var vectors = await VectorsAsync();
        var error = await Assert.ThrowsAsync<StageException>(() => MapAsync(vectors, new(Method: new Projection.Tsne(4))));
        Assert.Equal("method.tsne.perplexity", error.Parameter);
    }

    private static Dictionary<string, IReadOnlyList<string>> Groups(string first, params string[] words)
    {
        var middle = Array.IndexOf(words, "far");
        return middle < 0 ? new() { [first] = words } : new() { ["far"] = words[(middle + 1)..], [first] = words[..middle] };
    }

    private async Task<Table> VectorsAsync() => (Table)(await _run.RunAsync(
        new EmbedVectors(), new EmbedVectors.Params(_run.File("vectors.txt", "a 1 0\nb 1 1\nc -3 0\nd 0 1\n"))))["vectors"];

    private Task<ArtifactSet> NearAsync(Table vectors, EmbedNeighbours.Params parameters) =>
        _run.RunAsync(new EmbedNeighbours(), parameters, ("vectors", vectors));

    private Task<ArtifactSet> MapAsync(Table vectors, EmbedMap.Params parameters) =>
        _run.RunAsync(new EmbedMap(), parameters, ("vectors", vectors));

    private static double Similarity(ArtifactSet outputs) => (double)StageRun.CardOf(outputs)["items"]![0]!["rows"]![0]![2]!;
}

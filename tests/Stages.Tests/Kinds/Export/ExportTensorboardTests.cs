using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.Stages.Kinds.Export;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Torch;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>What TensorBoard reads of a folder, by a reader of its formats that knows nothing of the writer.</summary>
public sealed class ExportTensorboardTests : IDisposable
{
    private static readonly Layer[] Layers = [new Layer.Embedding(6), new Layer.MaxPool(), new Layer.Dense()];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    // RFC 3720, B.4: thirty-two bytes of zeros, and thirty-two of ones.
    [Theory]
    [InlineData(0x00, 0x8A9136AAu)]
    [InlineData(0xFF, 0x62A8AB43u)]
    public void The_reader_knows_the_checksum(byte value, uint crc)
    {
        byte[] data = [.. Enumerable.Repeat(value, 32)];
        Assert.Equal(((crc >> 15) | (crc << 17)) + 0xa282ead8, EventRecords.Checksum(data));
    }

    [Fact]
    public async Task Curves_hold_every_number_of_the_history_at_its_step()
    {
        var trained = await TrainAsync();
        var rows = Assert.Single(await StageRun.ReadAsync((Table)trained["history"]));
        var records = EventRecords.Read(EventsOf(await ExportAsync(("history", trained["history"]))));
        Assert.Equal("brain.Event:2", EventRecords.Version(records[0]));
        var expected = Enumerable.Range(0, rows.Count).Select(row => (
            rows.Values<string>("measure")[row].Replace('.', '/'), rows.Values<long>("step")[row],
            (float)rows.Values<double>("value")[row]));
        Assert.Equal(expected, EventRecords.Values(records).Select(value => (value.Tag, value.Step, value.Scalar)));
    }

    [Fact]
    public async Task The_history_tells_epochs_and_single_steps()
    {
        var trained = await TrainAsync();
        var rows = Assert.Single(await StageRun.ReadAsync((Table)trained["history"]));
        // 120 rows in batches of 16: 8 steps an epoch; every third is told, and the first.
        var steps = Enumerable.Range(0, rows.Count).Where(row => rows.Values<string>("measure")[row] == "batch.loss").ToList();
        Assert.Equal([1, 3, 6, 9, 12, 15, 18, 21, 24], steps.Select(row => rows.Values<long>("step")[row]));
        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3], steps.Select(row => rows.Values<int>("epoch")[row]));
        var losses = Enumerable.Range(0, rows.Count).Where(row => rows.Values<string>("measure")[row] == "validation.loss").ToList();
        Assert.Equal([8, 16, 24], losses.Select(row => rows.Values<long>("step")[row]));
        Assert.Equal(trained.MetricsOf()["validation.loss"], losses.Min(row => rows.Values<double>("value")[row]));
    }

    [Fact]
    public async Task Histograms_are_of_the_weights()
    {
        var trained = await TrainAsync();
        var weights = Safetensors.Read(Path.Combine(trained["model"].Directory, Model.WeightsFileName));
        var values = EventRecords.Values(EventRecords.Read(EventsOf(await ExportAsync(("model", trained["model"]))))).ToList();
        Assert.Equal(weights.Keys.Select(name => name.Replace('.', '/')), values.Select(value => value.Tag));
        Assert.All(weights.Values.Zip(values), pair =>
        {
            var (weight, histogram) = (pair.First.Values, pair.Second.Histogram!);
            Assert.Equal([weight.Min(), weight.Max(), weight.Length], histogram[..3].Select(number => (float)number));
            Assert.Equal(weight.Sum(value => (double)value), histogram[3], 1e-6);
            Assert.Equal(weight.Sum(value => (double)value * value), histogram[4], 1e-6);
            Assert.Equal(weight.Length, pair.Second.Buckets.Sum());
        });
    }

    [Fact]
    public async Task Equal_trainings_give_equal_files_without_a_clock()
    {
        var trained = await TrainAsync();
        var first = await ExportAsync(("history", trained["history"]), ("model", trained["model"]));
        Assert.Equal(first.Id, (await ExportAsync(("history", trained["history"]), ("model", trained["model"]))).Id);
        var records = EventRecords.Read(EventsOf(first));
        Assert.All(records, record => Assert.Equal(0, EventRecords.WallTime(record)));
    }

    [Fact]
    public async Task Words_come_with_the_curves()
    {
        var trained = await TrainAsync();
        var learned = await _run.RunAsync(new EmbedModel(), new EmbedModel.Params(), ("model", trained["model"]));
        var files = await ExportAsync(("history", trained["history"]), ("vectors", learned["vectors"]));
        Assert.Contains("tensor_path: \"vectors.tsv\"", File.ReadAllText(Path.Combine(files.Directory, "projector_config.pbtxt")),
            StringComparison.Ordinal);
        Assert.NotEmpty(EventsOf(files));
    }

    [Fact]
    public async Task Nothing_to_export_is_an_error()
    {
        var error = await Assert.ThrowsAsync<StageException>(() => ExportAsync());
        Assert.Equal("There is nothing to export.", error.Message);
    }

    [Fact]
    public async Task A_model_without_weights_has_no_histograms()
    {
        var rules = await _run.Write.ModelAsync("rules", EncodingChain.Empty, _ => Task.CompletedTask, CancellationToken.None);
        var error = await Assert.ThrowsAsync<StageException>(() => ExportAsync(("model", rules)));
        Assert.Equal("A model of the architecture 'rules' has no weights.", error.Message);
    }

    private async Task<ArtifactSet> TrainAsync() => await _run.TrainAsync(
        new TrainClassifier(), new TrainClassifier.Params(Layers, EncodedRows.Training(3, 0.02) with { LogEvery = 3 }),
        await _run.ClassesAsync(EncodedRows.Wordings()));

    private async Task<Model> ExportAsync(params (string, Artifact)[] inputs) =>
        (Model)(await _run.RunAsync(new ExportTensorboard(), new ExportTensorboard.Params(), inputs))["files"];

    private static byte[] EventsOf(Model files) =>
        File.ReadAllBytes(Assert.Single(Directory.GetFiles(files.Directory, "events.out.tfevents.*")));
}

using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;

namespace Pipelines.TestKit.Contract;

/// <summary>Runs one stage in a temporary folder, as the engine would.</summary>
public sealed class StageRun : IDisposable, IStageLog, IProgress<StageProgress>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stage-").FullName;
    private readonly ArtifactWriter _writer;

    public StageRun() => _writer = new(Directory.CreateDirectory(Path.Combine(_folder, "artifacts")).FullName);

    public string Folder => _folder;

    public List<string> Lines { get; } = [];

    /// <summary>Called with each progress a stage reports.</summary>
    public Action<StageProgress>? Progressed { get; set; }

    public IArtifactWriter Write => _writer;

    public StageContext Context(ulong seed = 7) => new()
    {
        ScratchDirectory = Directory.CreateDirectory(Path.Combine(_folder, "scratch")).FullName,
        WorkDirectory = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName,
        Seed = seed,
        Device = "cpu",
        Threads = 2,
        Write = _writer,
        Progress = this,
        Log = this,
    };

    public Task<ArtifactSet> RunAsync(IStage stage, object parameters, params (string Port, Artifact Artifact)[] inputs) =>
        stage.RunAsync(
            new(inputs.GroupBy(input => input.Port)
                .ToDictionary(group => group.Key, group => (IReadOnlyList<Artifact>)[.. group.Select(input => input.Artifact)])),
            parameters, Context(), CancellationToken.None);

    /// <summary>A file with this content, for stages that load.</summary>
    public InputFile File(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return new(path);
    }

    public InputFile File(string name, string content) => File(name, System.Text.Encoding.UTF8.GetBytes(content));

    public Task<Table> TableAsync(params ColumnData[] columns) =>
        _writer.TableAsync(
            EncodingChain.Empty, new[] { new RowBatch(columns[0].Count, columns) }.ToAsyncEnumerable(), CancellationToken.None);

    public static async Task<RowBatch[]> ReadAsync(Table table) =>
        await table.ReadAsync(CancellationToken.None).ToArrayAsync();

    /// <summary>The layers that a training draws in its card.</summary>
    public static IReadOnlyList<NetworkLayer> NetworkOf(ArtifactSet outputs)
    {
        using var card = System.IO.File.OpenRead(Path.Combine(outputs["card"].Directory, Card.FileName));
        return CardContent.Read(card).Items.OfType<NetworkFigure>().Single().Layers;
    }

    public static JsonNode CardOf(ArtifactSet outputs) =>
        JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(outputs["card"].Directory, Card.FileName)))!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void IStageLog.Info(string line) => Lines.Add(line);

    void IStageLog.Warn(string line) => Lines.Add($"warning: {line}");

    void IProgress<StageProgress>.Report(StageProgress value) => Progressed?.Invoke(value);
}

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Tables;

namespace Pipelines.Benchmarks;

/// <summary>Runs stages in a temporary folder, without the engine.</summary>
internal sealed class StageBench(IProgress<StageProgress>? progress = null) : IStageLog, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bench-").FullName;

    /// <summary>A table of one batch.</summary>
    public async Task<Artifact> TableAsync(RowBatch rows)
    {
        ArtifactWriter writer = new(Directory.CreateDirectory(Path.Combine(_folder, "table")).FullName);
        return await writer.TableAsync(EncodingChain.Empty, new[] { rows }.ToAsyncEnumerable(), CancellationToken.None);
    }

    /// <summary>The first rows of train.csv, validation.csv and test.csv, as words and the first letter of each code.</summary>
    /// <param name="rows">Null: all.</param>
    public async Task<Artifact> LettersAsync(string folder, int? rows = null)
    {
        var words = await WordsAsync(folder, rows);
        var letters = (await RunAsync(new LabelPrefix(), new LabelPrefix.Params(1), ("rows", words)))["rows"];
        return (await RunAsync(new Pad(), new Pad.Params(), ("rows", letters)))["rows"];
    }

    /// <summary>The first rows of train.csv, validation.csv and test.csv (RawText, ICD10), as words and characters.</summary>
    public async Task<Artifact> CodesAsync(string folder, int? rows)
    {
        var words = await WordsAsync(folder, rows);
        var codes = (await RunAsync(new LabelCharacters(), new LabelCharacters.Params(), ("rows", words)))["rows"];
        return (await RunAsync(new Pad(), new Pad.Params(), ("rows", codes)))["rows"];
    }

    private async Task<Artifact> WordsAsync(string folder, int? rows)
    {
        InputFile File(string name) => new(Path.GetFullPath(Path.Combine(folder, name)));
        var load = new LoadCsv.Params(
            new(null, File("train.csv"), File("validation.csv"), File("test.csv"), new("RawText", "ICD10", Rows: rows)));
        var loaded = (await RunAsync(new LoadCsv(), load))["rows"];
        return (await RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", loaded)))["rows"];
    }

    public Task<ArtifactSet> RunAsync(IStage stage, object parameters, params (string Port, Artifact Artifact)[] inputs)
    {
        var work = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        var context = new StageContext
        {
            ScratchDirectory = work,
            WorkDirectory = Path.Combine(work, "work"),
            Seed = 7,
            Device = "cpu",
            Threads = Environment.ProcessorCount,
            Write = new ArtifactWriter(work),
            Progress = progress ?? new Progress<StageProgress>(),
            Log = this,
        };
        var ports = inputs.ToDictionary(input => input.Port, input => (IReadOnlyList<Artifact>)[input.Artifact]);
        return stage.RunAsync(new(ports), parameters, context, CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void IStageLog.Info(string line) => Console.WriteLine(line);

    void IStageLog.Warn(string line) => Console.WriteLine(line);
}

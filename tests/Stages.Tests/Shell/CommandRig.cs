using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Shell;

namespace Pipelines.Tests.Stages.Shell;

/// <summary>Runs commands over small tables.</summary>
internal sealed class CommandRig : IDisposable
{
    private readonly StageRun _run = new();

    public IReadOnlyList<string> Lines => _run.Lines;

    public string Folder => _run.Folder;

    /// <summary>Whether each line of output meets an error.</summary>
    public bool TakesNoOutput { get; set; }

    public static EncodingChain Chain { get; } = EncodingChain.Empty.With(new("tokenize/words", []));

    public static ColumnData[] Columns =>
    [
        new Values<string>("text", ["a b", "c", "d, \"e\"\n"]), new Values<string>("label", ["01", "2", "3"]),
            new Lists<int>("ids", [1, 2, 3], [0, 2, 3, 3]),
        new Values<int>("length", [2, 1, 0]), new Values<double>("weight", [0.5, double.NaN, 1e-9]),
            new Values<bool>("odd", [true, false, true]),
    ];

    public Task<Table> TableAsync(EncodingChain? chain = null) =>
        _run.Write.TableAsync(chain ?? Chain, new[] { new RowBatch(3, Columns) }.ToAsyncEnumerable(), CancellationToken.None);

    /// <summary>A command with the table as <c>rows</c>.</summary>
    /// <param name="outputs"><c>rows:table scores:metrics</c>.</param>
    public async Task<ArtifactSet> RunAsync(string command, string outputs = "rows:table", CancellationToken cancellation = default)
    {
        var table = await TableAsync();
        var spec = RunCommand.Spec(
            [new("rows", ArtifactKind.Table, Optional: false, Many: false, null)], [.. outputs.Split(' ').Select(Port)]);
        ArtifactSet inputs = new(new Dictionary<string, IReadOnlyList<Artifact>> { ["rows"] = [table] });
        return await new RunCommand(spec, Folder).RunAsync(
            inputs, new RunCommand.Params(command), _run.Context() with { Log = TakesNoOutput ? new FullLog() : _run }, cancellation);
    }

    public async Task<StageException> FailAsync(string command, string outputs = "rows:table") =>
        await Assert.ThrowsAsync<StageException>(() => RunAsync(command, outputs));

    public void Dispose() => _run.Dispose();

    private sealed class FullLog : IStageLog
    {
        public void Info(string line) => throw new IOException("full");

        public void Warn(string line) => throw new IOException("full");
    }

    private static OutputPort Port(string text) => new(text.Split(':')[0], Enum.Parse<ArtifactKind>(text.Split(':')[1], ignoreCase: true));
}

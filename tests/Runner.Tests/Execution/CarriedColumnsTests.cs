using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>Columns that a stage neither reads nor writes travel along, and count for those alone that read them.</summary>
public sealed class CarriedColumnsTests : IDisposable
{
    private const string Yaml = """
        pipeline: numbers
        stages:
          rows: { uses: load/numbers, with: { file: data/numbers.txt } }
          once: { uses: add/number, from: rows }
          twice: { uses: add/number, from: once, with: { number: 2 } }
          comments: { uses: score/comments, from: twice }

        """;

    private readonly EngineRig _rig = new();

    public CarriedColumnsTests() => _rig.Workspace.Write("data/numbers.txt", "1 one\n2 two\n3 three\n");

    [Fact]
    public async Task A_column_passes_two_stages_by()
    {
        var record = await RunAsync();

        Assert.Equal("rows:ran once:ran twice:ran comments:ran", EngineRig.Outcomes(record));
        Assert.Equal("total 46", EngineRig.Stage(record, "comments").Note);
        Assert.Equal(["number", "sum"], EngineRig.TableOf(record, "twice").Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task What_passes_by_reruns_only_who_reads_it()
    {
        await RunAsync();
        _rig.Workspace.Write("data/numbers.txt", "1 un\n2 deux\n3 trois\n");

        var record = await RunAsync();

        Assert.Equal("rows:ran once:reused twice:reused comments:ran", EngineRig.Outcomes(record));
        Assert.Equal("total 47", EngineRig.Stage(record, "comments").Note);
        Assert.Equal("rows:reused once:reused twice:reused comments:reused", EngineRig.Outcomes(await RunAsync()));
    }

    [Fact]
    public async Task Stages_of_one_fingerprint_keep_what_passes_each_of_them_by()
    {
        _rig.Workspace.Write("data/others.txt", "1 a\n2 b\n3 c\n");
        var record = await RunAsync(Yaml + """
              others: { uses: load/numbers, with: { file: data/others.txt } }
              same: { uses: add/number, from: others }
              short: { uses: score/comments, from: same }
            """);

        Assert.Equal("total 9", EngineRig.Stage(record, "short").Note);
        Assert.Equal("total 46", EngineRig.Stage(record, "comments").Note);
    }

    [Fact]
    public async Task The_file_of_a_column_that_passed_by_is_made_again_when_it_is_damaged()
    {
        var first = await RunAsync();
        var file = Path.Combine(EngineRig.TableOf(first, "rows").Directory, Table.FileName);
        File.SetAttributes(file, FileAttributes.Normal);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(4..^4).Fill(0xff);
        await File.WriteAllBytesAsync(file, bytes);
        File.Delete(ActionOf(first, "comments"));

        var record = await RunAsync();

        Assert.Equal("rows:ran once:reused twice:reused comments:ran", EngineRig.Outcomes(record));
        Assert.Equal("total 46", EngineRig.Stage(record, "comments").Note);
    }

    [Fact]
    public async Task What_would_be_shown_of_a_stage_has_what_passed_it_by()
    {
        await RunAsync();
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new ArtifactWriter(folder));
        var forecast = Preview.Of(PlanOf(Yaml), _rig.Options, _rig.Storage(store)).Single(stage => stage.Id == "twice").Forecast;

        var table = (Table)Assert.IsType<StageForecast.Reused>(forecast).Outputs["rows"];
        Assert.Equal(["number", "sum", "comment"], table.Columns.Select(column => column.Name));
        var batch = Assert.Single(await table.ReadAsync(CancellationToken.None).ToListAsync());
        Assert.Equal(["one", "two", "three"], batch.Values<string>("comment").Items);
        Assert.Equal([3, 4, 5], batch.Values<int>("sum").Items);
    }

    public void Dispose() => _rig.Dispose();

    private string ActionOf(RunRecord record, string stage)
    {
        var fingerprint = ((StageOutcome.Ran)EngineRig.Stage(record, stage).Outcome).Fingerprint.Hex;
        return Path.Combine(_rig.StoreFolder, "actions", fingerprint[..2], fingerprint + ".json");
    }

    private Plan PlanOf(string yaml)
    {
        var plan = Plan.Read(new("numbers.yaml", yaml), _ => null, new([], []), NumberStages.Catalog, projectRoot: _rig.Workspace.Root);
        Assert.Empty(plan.Diagnostics);
        return plan.Value!;
    }

    private async Task<RunRecord> RunAsync(string yaml = Yaml)
    {
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new ArtifactWriter(folder));
        return await new PipelineRunner(_rig.Storage(store), _rig, TimeProvider.System) { Catalog = NumberStages.Catalog }
            .RunAsync(PlanOf(yaml), _rig.Options, CancellationToken.None);
    }
}

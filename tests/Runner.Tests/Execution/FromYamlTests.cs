using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>YAML → plan → run with real tables in the store.</summary>
public sealed class FromYamlTests : IDisposable
{
    private const string Yaml = """
        pipeline: numbers
        stages:
          rows: { uses: load/numbers, with: { file: data/numbers.txt } }
          sums:
            uses: add/number
            from: rows
            with: { number: 1 }
          scores: { uses: score/numbers, from: sums }
        expect:
          - { metric: scores.total, at_least: 9 }
        """;

    private readonly EngineRig _rig = new();

    public FromYamlTests() => _rig.Workspace.Write("data/numbers.txt", "1 one\n2 two\n3 three\n");

    [Fact]
    public async Task A_pipeline_runs_and_runs_again_for_nothing()
    {
        var first = await RunAsync(Yaml);
        var second = await RunAsync(Yaml);

        Assert.Equal("rows:ran sums:ran scores:ran", EngineRig.Outcomes(first));
        Assert.Equal("rows:reused sums:reused scores:reused", EngineRig.Outcomes(second));
        Assert.Equal([(9.0, true)], second.Expectations.Select(result => (result.Value!.Value, result.Met)));
        Assert.Equal(["3 rows", "3 rows", "total 9"], second.Stages.Select(stage => stage.Note));
    }

    [Fact]
    public async Task A_comment_in_the_data_does_not_reach_those_who_read_only_the_numbers()
    {
        await RunAsync(Yaml);
        _rig.Workspace.Write("data/numbers.txt", "1 un\n2 deux\n3 trois\n");

        var record = await RunAsync(Yaml);

        Assert.Equal("rows:ran sums:reused scores:reused", EngineRig.Outcomes(record));
        Assert.Equal(["with.file changed (content of data/numbers.txt) (numbers.yaml:3:45)"], EngineRig.Stage(record, "rows").Why);
    }

    [Theory]
    [InlineData("number: 1 }", "number:   1 } # the same", false)]
    [InlineData("with: { number: 1 }", "with: {}", false)]
    [InlineData("file: data/numbers.txt", "file: data/numbers.txt, threads: 8", false)]
    [InlineData("number: 1 }", "number: 2 }", true)]
    public async Task Only_what_a_parameter_means_counts(string written, string edited, bool runs)
    {
        await RunAsync(Yaml);

        Assert.Equal(runs, (await RunAsync(Yaml.Replace(written, edited, StringComparison.Ordinal))).Stages.Any(
            stage => stage.Outcome is StageOutcome.Ran));
    }

    [Fact]
    public async Task A_change_is_explained_with_its_place()
    {
        await RunAsync(Yaml);

        var record = await RunAsync(Yaml.Replace("number: 1", "number: 5", StringComparison.Ordinal));

        Assert.Equal(["with.number 1 → 5 (numbers.yaml:7:21)"], EngineRig.Stage(record, "sums").Why);
        Assert.Equal(["from.rows.sum changed (with.number of sums)"], EngineRig.Stage(record, "scores").Why);
        Assert.Equal("total 21", EngineRig.Stage(record, "scores").Note);
    }

    [Fact]
    public async Task A_missing_column_names_the_kinds_that_make_it()
    {
        var record = await RunAsync(Yaml.Replace("from: sums }", "from: rows }", StringComparison.Ordinal));

        var failed = (StageOutcome.Failed)EngineRig.Stage(record, "scores").Outcome;
        Assert.Equal("the input 'rows' has no column 'sum': 'rows.rows' gives number and comment", failed.Message);
        Assert.Equal("put one of these before it, or correct 'from': add/number", failed.Help);
    }

    [Fact]
    public async Task A_damaged_table_is_made_again_while_another_stage_reads_it()
    {
        var first = await RunAsync(Yaml);
        var file = Path.Combine(((Table)EngineRig.Stage(first, "sums").Outcome.Results!["rows"]).Directory, Table.FileName);
        File.SetAttributes(file, FileAttributes.Normal);
        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(4..^4).Fill(0xff);
        File.WriteAllBytes(file, bytes);
        File.Delete(ActionOf(first, "scores"));

        var record = await RunAsync(Yaml);

        Assert.Equal("rows:reused sums:ran scores:ran", EngineRig.Outcomes(record));
        Assert.Equal("total 9", EngineRig.Stage(record, "scores").Note);
    }

    public void Dispose() => _rig.Dispose();

    private string ActionOf(RunRecord record, string stage)
    {
        var fingerprint = ((StageOutcome.Ran)EngineRig.Stage(record, stage).Outcome).Fingerprint.Hex;
        return Path.Combine(_rig.StoreFolder, "actions", fingerprint[..2], fingerprint + ".json");
    }

    private async Task<RunRecord> RunAsync(string yaml)
    {
        var plan = Plan.Read(
            new SourceFile("numbers.yaml", yaml), _ => null, new([], []), NumberStages.Catalog, projectRoot: _rig.Workspace.Root);
        Assert.Empty(plan.Diagnostics);
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new ArtifactWriter(folder));
        return await new PipelineRunner(_rig.Storage(store), _rig, TimeProvider.System) { Catalog = NumberStages.Catalog }
            .RunAsync(plan.Value!, _rig.Options, CancellationToken.None);
    }
}

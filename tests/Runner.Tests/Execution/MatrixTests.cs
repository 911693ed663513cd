using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>A matrix from YAML to results: cells share what is before them, and each keeps what it was.</summary>
public sealed class MatrixTests : IDisposable
{
    private const string Yaml = """
        pipeline: sweep
        stages:
          rows: { uses: load/numbers, with: { file: data/numbers.txt } }
          sums:
            uses: add/number
            from: rows
            matrix: { number: [1, 2] }
            with: { number: "${matrix.number}" }
          scores: { uses: score/numbers, from: sums }
        expect:
          - { metric: scores.total, at_least: 10 }
        """;

    private readonly EngineRig _rig = new();

    public MatrixTests() => _rig.Workspace.Write("data/numbers.txt", "1 one\n2 two\n3 three\n");

    [Fact]
    public async Task Every_cell_runs_once_and_what_is_before_them_is_shared()
    {
        var record = await RunAsync(Yaml);

        Assert.Equal(
            "rows:ran sums@number=1:ran sums@number=2:ran scores@number=1:ran scores@number=2:ran", EngineRig.Outcomes(record));
        Assert.Equal(["3 rows", "3 rows", "3 rows", "total 9", "total 12"], record.Stages.Select(stage => stage.Note));
        Assert.Equal([("scores@number=1.total", 9.0, false), ("scores@number=2.total", 12.0, true)],
            record.Expectations.Select(result => (result.Expectation.Metric, result.Value!.Value, result.Met)));
    }

    [Fact]
    public async Task Cells_that_miss_one_expectation_are_one_finding()
    {
        var record = await RunAsync(Yaml.Replace("at_least: 10", "at_least: 20", StringComparison.Ordinal));

        var finding = Pipelines.Runner.Terminal.MissedExpectation.Of(record.Expectations, record);

        Assert.Equal(
            "scores.total was expected to be at least 20, and 2 of 2 cells miss it: "
            + "scores@number=1.total: it is 9; scores@number=2.total: it is 12", finding.Message);
    }

    [Fact]
    public async Task A_metric_that_there_is_not_is_answered_by_those_there_are()
    {
        var record = await RunAsync(Yaml.Replace("scores.total", "scores.totl", StringComparison.Ordinal));

        Assert.Contains("scores@number=1.total", Pipelines.Runner.Terminal.MissedExpectation.Of(record.Expectations, record).Help,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sums@number=1", "sums@number=1,size=1 sums@number=1,size=2")]
    [InlineData("sums@size=2,number=2", "sums@number=2,size=2")]
    [InlineData("sums@size=2", "sums@number=1,size=2 sums@number=2,size=2")]
    public void Some_values_name_every_cell_that_has_them(string name, string cells)
    {
        var plan = Plan.Read(new("sweep.yaml", Yaml.Replace("[1, 2] }", "[1, 2], size: [1, 2] }", StringComparison.Ordinal)), _ => null,
            Overrides.None, NumberStages.Catalog).Value!;

        Assert.Equal(cells, string.Join(' ', new Pipelines.Runner.Commands.StageNames(plan).Find(name).Select(stage => stage.Id)));
    }

    [Fact]
    public void A_cell_that_there_is_not_is_answered_by_the_nearest_value()
    {
        var plan = Plan.Read(new("sweep.yaml", Yaml), _ => null, Overrides.None, NumberStages.Catalog).Value!;

        var error = Assert.Throws<Pipelines.Runner.Commands.UsageException>(
            () => new Pipelines.Runner.Commands.StageNames(plan).Find("sums@number=3", "--only: "));

        Assert.Equal(("--only: no cell of 'sums' is 'number=3'", "did you mean 'number=1'? (values: number=1, number=2)"),
            (error.Message, error.Help));
    }

    [Fact]
    public async Task A_further_value_runs_only_its_own_cells()
    {
        await RunAsync(Yaml);

        var record = await RunAsync(Yaml.Replace("[1, 2]", "[0, 1, 2]", StringComparison.Ordinal));

        Assert.Equal(
            "rows:reused sums@number=0:ran sums@number=1:reused sums@number=2:reused "
            + "scores@number=0:ran scores@number=1:reused scores@number=2:reused",
            EngineRig.Outcomes(record));
    }

    [Fact]
    public async Task A_cell_equal_to_what_ran_without_a_matrix_is_known()
    {
        await RunAsync(Yaml.Replace("    matrix: { number: [1, 2] }\n", "", StringComparison.Ordinal)
            .Replace("\"${matrix.number}\"", "2", StringComparison.Ordinal));

        var record = await RunAsync(Yaml);

        Assert.Equal(
            "rows:reused sums@number=1:ran sums@number=2:reused scores@number=1:ran scores@number=2:reused", EngineRig.Outcomes(record));
    }

    [Fact]
    public void The_name_of_a_stage_means_all_its_cells_and_that_of_a_cell_one()
    {
        var names = PlanOf(Yaml).ByName();

        Assert.Equal(["sums@number=1", "sums@number=2"], names["sums"].Select(stage => stage.Id));
        Assert.Equal(["scores@number=2"], names["scores@number=2"].Select(stage => stage.Id));
    }

    public void Dispose() => _rig.Dispose();

    private async Task<RunRecord> RunAsync(string yaml)
    {
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new ArtifactWriter(folder));
        return await new PipelineRunner(_rig.Storage(store), _rig, TimeProvider.System)
            .RunAsync(PlanOf(yaml), _rig.Options, CancellationToken.None);
    }

    private Plan PlanOf(string yaml) =>
        Plan.Read(new("sweep.yaml", yaml), _ => null, Overrides.None, NumberStages.Catalog, projectRoot: _rig.Workspace.Root).Value!;
}

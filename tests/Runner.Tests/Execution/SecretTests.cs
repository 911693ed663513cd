using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>A key in the environment: the stage that names it sees it, and nothing keeps it.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Key = "not-to-be-kept-0123456789";

    private static readonly StageCatalog Catalog = StageCatalog.Of([typeof(AskSecret)], _ => null);

    private readonly EngineRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_stage_sees_the_variable_that_its_parameter_names()
    {
        Assert.Equal(Key.Length, LengthSeen(await RunAsync(("MY_KEY", Key))));
        Assert.Equal(0, LengthSeen(await RunAsync(("OTHER_KEY", Key))));
    }

    [Fact]
    public async Task Whether_it_is_set_counts_and_what_it_is_does_not()
    {
        await RunAsync(("MY_KEY", Key));

        var (changed, gone) = (await RunAsync(("MY_KEY", "another")), await RunAsync(("OTHER_KEY", Key)));

        Assert.Equal("asked:reused", EngineRig.Outcomes(changed));
        Assert.Equal("asked:ran", EngineRig.Outcomes(gone));
        Assert.StartsWith(
            "the environment variable MY_KEY changed", Assert.Single(EngineRig.Stage(gone, "asked").Why), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_in_no_file()
    {
        await RunAsync(("MY_KEY", Key));

        var files = Directory.GetFiles(_rig.Workspace.Root, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => File.ReadAllText(file).Contains("MY_KEY", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain(Key, File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static double LengthSeen(RunRecord record) =>
        ((Metrics)EngineRig.Stage(record, "asked").Outcome.Results!["metrics"]).Values["length"];

    private async Task<RunRecord> RunAsync((string Name, string Value) variable)
    {
        var plan = Plan.Read(
            new SourceFile("secrets.yaml", "pipeline: secrets\nstages:\n  asked: { uses: ask/secret, with: { key: MY_KEY } }\n"), _ => null,
            new([], []), Catalog, projectRoot: _rig.Workspace.Root);
        Assert.Empty(plan.Diagnostics);
        using var store = new ArtifactStore(_rig.Workspace.Root, folder => new ArtifactWriter(folder));
        var options = _rig.Options with { Variable = name => name == variable.Name ? variable.Value : null };
        return await new PipelineRunner(_rig.Storage(store), _rig, TimeProvider.System) { Catalog = Catalog }
            .RunAsync(plan.Value!, options, CancellationToken.None);
    }

    [Stage("ask/secret")]
    internal sealed class AskSecret : Stage<NoInputs, AskSecret.Params, AskSecret.Outputs>
    {
        public sealed record Params([Secret] string Key = "THE_KEY");

        public sealed record Outputs(Metrics Metrics);

        protected override async Task<Outputs> RunAsync(
            NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation) =>
            new(await context.Write.MetricsAsync(
                new Dictionary<string, double> { ["length"] = context.Secret?.Length ?? 0 }, cancellation));
    }
}

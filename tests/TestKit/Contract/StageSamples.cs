using System.Reflection;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Plugins;
using Pipelines.Stages.Contracts;
using Xunit;

namespace Pipelines.TestKit.Contract;

/// <summary>
/// A small run of each stage kind: the stage of samples.yaml, or else the example of its manifest with inputs from samples.yaml.
/// </summary>
/// <param name="catalog">All kinds that the samples use.</param>
/// <param name="kinds">Those to test.</param>
/// <param name="file">The samples.yaml; in it <c>${samples}</c> is the folder <c>samples</c> beside it.</param>
public sealed class StageSamples(StageCatalog catalog, IReadOnlyCollection<string> kinds, string file)
{
    private readonly string _remedy = $"give it a stage in {file}.";

    public StageCatalog Catalog { get; } = catalog;

    public IReadOnlyCollection<string> Kinds { get; } = kinds;

    public string Folder { get; } = Path.GetDirectoryName(file)!;

    /// <summary>The stages of a plugin, beside the runner's.</summary>
    /// <param name="assembly">In the folder of the tests, as its samples.yaml is.</param>
    public static StageSamples OfPlugin(string assembly)
    {
        var own = BuiltIn();
        var all = PluginCatalog.Of(own, AppContext.BaseDirectory, PluginCatalog.Named([assembly]));
        Assert.True(!all.HasErrors, DiagnosticFormat.Render(all.Diagnostics));
        return new(all.Value!, [.. all.Value!.Kinds.Except(own.Kinds)], Path.Combine(AppContext.BaseDirectory, "samples.yaml"));
    }

    /// <summary>The runner's own kinds, found by attribute; their manifests are read from the root of the installation.</summary>
    public static StageCatalog BuiltIn(string? home = null) =>
        StageCatalog.Of(Stages.Values,
            path => home is null || !File.Exists(Path.Combine(home, path)) ? null : new(path, File.ReadAllText(Path.Combine(home, path))));

    /// <summary>All classes of the runner with a <see cref="StageAttribute"/>, by kind.</summary>
    public static IReadOnlyDictionary<string, Type> Stages { get; } = new SortedDictionary<string, Type>(
        typeof(IStage).Assembly.GetTypes().Where(type => type.IsDefined(typeof(StageAttribute), inherit: false))
            .ToDictionary(type => type.GetCustomAttribute<StageAttribute>()!.Kind), StringComparer.Ordinal);

    public Sample Of(string kind)
    {
        var yaml = File.Exists(file) ? File.ReadAllText(file) : "pipeline: samples\nstages:\n";
        var plan = yaml.TrimEnd().EndsWith("stages:", StringComparison.Ordinal) ? null : PlanOf(kind, yaml);
        if (plan is null || plan.Stages.All(stage => stage.Spec.Kind != kind))
            plan = PlanOf(kind, yaml + Example(kind, Catalog.Find(kind)!.Manifest.Example));
        var found = plan.Stages.First(stage => stage.Spec.Kind == kind);
        var missing = found.Values.Values.Select(value => value.File).OfType<string>().FirstOrDefault(path => !Path.Exists(path));
        Assert.True(missing is null, $"The sample of {kind} reads '{missing}', which is not there; {_remedy}");
        return new(plan, found, Path.Combine(Folder, "samples"));
    }

    private Plan PlanOf(string kind, string yaml)
    {
        var text = yaml.Replace("${samples}", Path.Combine(Folder, "samples"), StringComparison.Ordinal);
        var plan = Plan.Read(new("samples.yaml", text), _ => null, Overrides.None, Catalog);
        Assert.True(
            plan.Value is not null, $"The sample of {kind} cannot be planned; {_remedy}\n{DiagnosticFormat.Render(plan.Diagnostics)}");
        return plan.Value;
    }

    /// <summary>The example under an id that no other stage has.</summary>
    private string Example(string kind, string? example)
    {
        Assert.True(example is not null && example.Contains(':', StringComparison.Ordinal),
            $"{kind} has no sample, and its manifest no example; {_remedy}");
        var afterId = example[example.IndexOf(':', StringComparison.Ordinal)..].TrimEnd();
        return $"  example{afterId.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";
    }
}

/// <summary>A stage and all it needs.</summary>
/// <param name="Folder">With the files that samples read.</param>
public sealed record Sample(Plan Plan, PlannedStage Stage, string Folder)
{
    /// <summary>Whether its result depends on how torch computes.</summary>
    public bool UsesTorch => Stage.Spec.Uses.HasFlag(Uses.Torch) || Sources.Any(source => source.UsesTorch);

    private IEnumerable<Sample> Sources => Stage.Inputs.Values.SelectMany(sources => sources).Select(SourceOf);

    public Sample SourceOf(OutputRef output) => this with { Stage = Plan.Stages.Single(stage => stage.Id == output.StageId) };
}

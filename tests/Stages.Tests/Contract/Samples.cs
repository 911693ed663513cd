using System.Reflection;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Contract;

/// <summary>A small run of each stage kind: the stage of samples.yaml, or else the example of its manifest with inputs from samples.yaml.</summary>
internal static class Samples
{
    private const string Remedy = "give it a stage in tests/Stages.Tests/Contract/samples.yaml.";

    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder, "../../.."));

    /// <summary>All classes with a <see cref="StageAttribute"/>, by kind.</summary>
    public static IReadOnlyDictionary<string, Type> Stages { get; } = new SortedDictionary<string, Type>(
        typeof(IStage).Assembly.GetTypes().Where(type => type.IsDefined(typeof(StageAttribute), inherit: false))
            .ToDictionary(type => type.GetCustomAttribute<StageAttribute>()!.Kind), StringComparer.Ordinal);

    public static string Folder => Golden.FolderOf();

    /// <summary>As the runner finds kinds: by the convention of their names.</summary>
    public static StageCatalog ByName => new(() => Stages.Keys, Read);

    public static Sample Of(string kind)
    {
        var catalog = StageCatalog.Of(Stages.Values, Read);
        var yaml = File.ReadAllText(Path.Combine(Folder, "samples.yaml"));
        var plan = PlanOf(kind, yaml, catalog);
        if (plan.Stages.All(stage => stage.Spec.Kind != kind))
            plan = PlanOf(kind, yaml + Example(kind, catalog.Find(kind)!.Manifest.Example), catalog);
        var found = plan.Stages.First(stage => stage.Spec.Kind == kind);
        var missing = found.Values.Values.Select(value => value.File).OfType<string>().FirstOrDefault(file => !File.Exists(file));
        Assert.True(missing is null, $"The sample of {kind} reads '{missing}', which is not there; {Remedy}");
        return new(plan, found);
    }

    private static Plan PlanOf(string kind, string yaml, StageCatalog catalog)
    {
        var text = yaml.Replace("${samples}", Path.Combine(Folder, "samples"), StringComparison.Ordinal);
        var plan = Plan.Read(new("samples.yaml", text), _ => null, Overrides.None, catalog);
        Assert.True(plan.Value is not null, $"The sample of {kind} cannot be planned; {Remedy}\n{DiagnosticText.Render(plan.Diagnostics)}");
        return plan.Value;
    }

    /// <summary>The example under an id that no other stage has.</summary>
    private static string Example(string kind, string? example)
    {
        Assert.True(example is not null && example.Contains(':', StringComparison.Ordinal),
            $"{kind} has no sample, and its manifest no example; {Remedy}");
        var afterId = example[example.IndexOf(':', StringComparison.Ordinal)..].TrimEnd();
        return $"  example{afterId.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";
    }

    private static SourceFile? Read(string path)
    {
        var file = Path.Combine(Root, path);
        return File.Exists(file) ? new(path, File.ReadAllText(file)) : null;
    }
}

/// <summary>A stage and all it needs.</summary>
internal sealed record Sample(Plan Plan, PlannedStage Stage)
{
    /// <summary>Whether its result depends on how torch computes.</summary>
    public bool UsesTorch => Stage.Spec.Uses.HasFlag(Uses.Torch) || Sources.Any(source => source.UsesTorch);

    private IEnumerable<Sample> Sources => Stage.Inputs.Values.SelectMany(sources => sources).Select(SourceOf);

    public Sample SourceOf(OutputRef output) => this with { Stage = Plan.Stages.Single(stage => stage.Id == output.StageId) };
}

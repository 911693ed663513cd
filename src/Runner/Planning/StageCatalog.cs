using System.Reflection;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Planning;

/// <summary>All stage kinds, found by name one at a time: looking through the assembly would load every library any stage uses.</summary>
public sealed class StageCatalog
{
    private readonly Func<string, Type?> _typeOf;
    private readonly Func<string, SourceFile?> _read;
    private readonly Lazy<IReadOnlyList<string>> _kinds;
    private readonly Dictionary<string, StageKind?> _found = new(StringComparer.Ordinal);

    /// <summary>A plugin could not be read, so that a kind that is not found may be in it.</summary>
    internal bool IsIncomplete { get; private init; }

    private StageCatalog(Func<string, Type?> typeOf, Func<IEnumerable<string>> kinds, Func<string, SourceFile?> read)
    {
        (_typeOf, _read) = (typeOf, read);
        _kinds = new(() => [.. kinds().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The kinds of the project.</summary>
    /// <param name="manifests">Paths of all manifests: <c>stages/verb/what.yaml</c>; asked for only when the kinds must be listed.</param>
    /// <param name="read">The file of such a path, or null.</param>
    public StageCatalog(Func<IEnumerable<string>> manifests, Func<string, SourceFile?> read)
        : this(kind => InAssembly(typeof(IStage).Assembly, kind), () => manifests().Select(KindName.OfManifest).OfType<string>(), read)
    {
    }

    /// <summary>These classes alone, as tests need it.</summary>
    public static StageCatalog Of(IEnumerable<Type> stages, Func<string, SourceFile?>? read = null)
    {
        var byKind = stages.ToDictionary(type => type.GetCustomAttribute<StageAttribute>()!.Kind, StringComparer.Ordinal);
        return new(kind => byKind.GetValueOrDefault(kind), () => byKind.Keys, read ?? (_ => null));
    }

    /// <summary>These kinds beside those that are there; none of them is there already.</summary>
    /// <param name="isComplete">False when there should be more of them.</param>
    public StageCatalog With(IReadOnlyCollection<StageKind> more, bool isComplete)
    {
        StageCatalog catalog = new(_typeOf, () => Kinds.Concat(more.Select(kind => kind.Spec.Kind)), _read) { IsIncomplete = !isComplete };
        foreach (var kind in more)
            catalog._found.Add(kind.Spec.Kind, kind);
        return catalog;
    }

    /// <summary>Sorted.</summary>
    public IReadOnlyList<string> Kinds => _kinds.Value;

    public StageKind? Find(string kind)
    {
        if (!_found.TryGetValue(kind, out var found))
            _found[kind] = found = Load(kind);
        return found;
    }

    /// <summary>Whether stages of this kind take nothing from others; not of commands, whose inputs are in the pipeline file.</summary>
    public bool IsSource(string kind) => kind != RunCommand.Kind && Find(kind) is { Spec.Inputs.Count: 0 };

    /// <summary>What all commands (<c>run:</c>) have in common; no ports.</summary>
    public StageKind Command => Find(RunCommand.Kind)!;

    private StageKind? Load(string kind)
    {
        if (kind == RunCommand.Kind)
            return Load(RunCommand.Spec([], []));
        if (!KindName.IsKind(kind) || _typeOf(kind) is not { } type)
            return null;
        return Load(StageSpec.Of(type));
    }

    private StageKind Load(StageSpec spec)
    {
        var manifest = _read(KindName.ManifestOf(spec.Kind)) is { } file ? Manifest.Parse(file, _read) : new(Manifest.Empty, []);
        return new(spec, manifest.Value!, manifest.Diagnostics);
    }

    private static Type? InAssembly(Assembly assembly, string kind) =>
        assembly.GetType(KindName.TypeOf(kind)) is { } type
            && type.GetCustomAttribute<StageAttribute>(inherit: false)?.Kind == kind ? type : null;
}

/// <summary>One kind: what the code says and what its manifest says.</summary>
/// <param name="Diagnostics">What is wrong with the manifest.</param>
public sealed record StageKind(StageSpec Spec, Manifest Manifest, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Null: it is the runner's own.</summary>
    public PluginCode? Plugin { get; init; }
}

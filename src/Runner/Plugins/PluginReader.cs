using System.Reflection;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Plugins;

/// <summary>Reads the stage kinds of one assembly. Whatever is wrong with it becomes a finding at the place where it is named.</summary>
internal sealed class PluginReader(PluginFile file, ICollection<Diagnostic> diagnostics)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IReadOnlyList<StageKind> Read()
    {
        var before = diagnostics.Count;
        if (Guarded(ReadImage, reason => Diagnostics.PluginUnreadable(file.Written, file.Shown, reason)) is not { } loaded)
            return [];
        List<StageKind> kinds = [];
        foreach (var type in loaded.Types)
            if (Guarded(() => Stage(type, loaded),
                reason => Diagnostics.PluginStageBroken(file.Written, type.FullName ?? type.Name, reason)) is { } kind)
                kinds.Add(kind);
        if (kinds.Count == 0 && diagnostics.Count == before)
            diagnostics.Add(Diagnostics.PluginWithoutStages(file.Written, file.Shown));
        return kinds;
    }

    private LoadedPlugin? ReadImage()
    {
        var image = PluginImage.Read(file.Path);
        var contract = PluginContext.Contract.GetName();
        var built = image.References.FirstOrDefault(reference => reference.Name == contract.Name)?.Version;
        if (built is null)
        {
            diagnostics.Add(Diagnostics.PluginWithoutStages(file.Written, file.Shown));
            return null;
        }
        // A major version is another contract; a later minor one may have what this one lacks.
        if (built.Major != contract.Version!.Major || built.Minor > contract.Version.Minor)
        {
            diagnostics.Add(Diagnostics.PluginForAnother(file.Written, file.Shown, built, contract.Version));
            return null;
        }
        PluginContext context = new(file.Path);
        var assembly = context.Load(image);
        return new(assembly, assembly.GetTypes(), context.CodeHash(image));
    }

    private StageKind? Stage(Type type, LoadedPlugin loaded)
    {
        if (type.GetCustomAttribute<StageAttribute>(inherit: false) is not { } attribute)
            return null;
        if (!KindName.IsKind(attribute.Kind))
            throw new InvalidOperationException(
                $"{Quoted.Short(attribute.Kind)} names no kind; it is 'verb/what' in small letters, digits and dashes.");
        if (KindName.ClassOf(attribute.Kind) is var expected && type.Name != expected)
        {
            diagnostics.Add(Diagnostics.PluginStageMisnamed(file.Written, type.FullName ?? type.Name, attribute.Kind, expected));
            return null;
        }
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
            throw new InvalidOperationException("it needs a public constructor without parameters.");
        var manifest = Words(attribute.Kind, loaded.Assembly) is { } words ? Manifest.Parse(words) : new(Manifest.Empty, []);
        // Its words are read before anything runs: nobody tests them but those who use it.
        return new(StageSpec.Of(type), manifest.Value!, [.. manifest.Diagnostics, .. manifest.Value!.ReportFindings])
        {
            Plugin = new(file.Shown, loaded.Code),
        };
    }

    /// <summary>Beside the assembly, or in it.</summary>
    private SourceFile? Words(string kind, Assembly assembly)
    {
        var name = KindName.ManifestOf(kind);
        var beside = Path.Combine(Path.GetDirectoryName(file.Path)!, name);
        if (PluginFile.HoldsSomething(beside))
            return new($"{Path.GetDirectoryName(file.Shown)}/{name}".TrimStart('/'), File.ReadAllText(beside));
        using var stream = assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using StreamReader reader = new(stream);
        return new($"{file.Shown}/{name}", reader.ReadToEnd());
    }

    // Code of somebody else: reading it may run its initializers, which may do anything.
    private T? Guarded<T>(Func<T?> read, Func<string, Diagnostic> finding)
        where T : class
    {
        try
        {
            return StrangersCode.Run(file.Shown, read, Patience);
        }
        catch (Exception error)
        {
            var reason = (error as ReflectionTypeLoadException)?.LoaderExceptions.FirstOrDefault(inner => inner is not null)?.Message
                ?? (error as TypeInitializationException)?.InnerException?.Message ?? error.Message;
            diagnostics.Add(finding(reason));
            return null;
        }
    }

    private sealed record LoadedPlugin(Assembly Assembly, IReadOnlyList<Type> Types, ContentHash Code);
}

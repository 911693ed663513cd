using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Plugins;

/// <summary>Where one plugin and the assemblies it brings along are loaded; what stages are written against is the runner's own.</summary>
internal sealed class PluginContext(string path) : AssemblyLoadContext(path)
{
    public static Assembly Contract { get; } = typeof(IStage).Assembly;

    // Also what the contract's types are made of: a tensor of another TorchSharp would be of another type.
    private static readonly HashSet<string> Shared =
        new([Contract.GetName().Name!, .. Contract.GetReferencedAssemblies().Select(name => name.Name!)], StringComparer.Ordinal);

    private readonly AssemblyDependencyResolver _resolver = new(path);

    // From memory: a build that replaces the file must not change code that is running.
    public Assembly Load(PluginImage image) => LoadFromStream(new MemoryStream(image.Bytes));

    /// <summary>Of the plugin and all it brings along.</summary>
    public ContentHash CodeHash(PluginImage plugin)
    {
        SortedDictionary<string, string> hashes = new(StringComparer.Ordinal) { [""] = ContentHash.Of(plugin.Bytes).Hex };
        AddReferences(plugin, hashes);
        return ContentHash.Of(Encoding.UTF8.GetBytes(string.Concat(hashes.Select(item => $"{item.Key}\0{item.Value}\n"))));
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        PathOf(assemblyName) is { } found ? Load(PluginImage.Read(found)) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;

    private void AddReferences(PluginImage image, SortedDictionary<string, string> hashes)
    {
        foreach (var reference in image.References)
            if (!hashes.ContainsKey(reference.Name!) && PathOf(reference) is { } found)
            {
                var own = PluginImage.Read(found);
                hashes.Add(reference.Name!, Convert.ToHexStringLower(SHA256.HashData(own.Bytes)));
                AddReferences(own, hashes);
            }
    }

    private string? PathOf(AssemblyName name) => Shared.Contains(name.Name!) ? null : _resolver.ResolveAssemblyToPath(name);
}

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pipelines.Runner.Plugins;

/// <summary>The bytes of an assembly, read once, so that what is hashed is what runs even when it is built again meanwhile.</summary>
internal sealed record PluginImage(byte[] Bytes, IReadOnlyList<AssemblyName> References)
{
    /// <exception cref="BadImageFormatException">The file is no assembly.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PluginImage Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using PEReader file = new(new MemoryStream(bytes));
        if (!file.HasMetadata)
            throw new BadImageFormatException("the file is no .NET assembly");
        var metadata = file.GetMetadataReader();
        return new(bytes, [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())]);
    }
}

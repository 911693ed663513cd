using System.Buffers.Binary;
using System.Diagnostics;

namespace Pipelines.Tests.Repository;

/// <summary>
/// What build/LibTorch.targets makes: libtorch once on disk, and a copy of TorchSharp's native part that older systems load.
/// </summary>
public sealed class LibTorchTests : IDisposable
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, ".build", "libtorch");

    private readonly string _scratch = Directory.CreateTempSubdirectory("libtorch").FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public void Only_the_flag_of_the_missing_version_differs_from_the_package()
    {
        var original = File.ReadAllBytes(PackagedLibrary());
        var copy = File.ReadAllBytes(Path.Combine(Folder, "libLibTorchSharp.so"));

        var changed = Enumerable.Range(0, original.Length).Where(at => original[at] != copy[at]).ToArray();

        Assert.Equal(original.Length, copy.Length);
        var flag = Assert.Single(changed);
        Assert.Equal((0, 2), (original[flag], copy[flag]));
        // The entry of a version begins with the System V hash of its name, four bytes before its flags.
        Assert.Equal(SystemVHash("GLIBCXX_3.4.32"), BinaryPrimitives.ReadUInt32LittleEndian(original.AsSpan(flag - 4)));
    }

    [Fact]
    public void A_library_without_that_version_is_copied_as_it_is()
    {
        var (source, destination) = (Path.Combine(Folder, "libc10.so"), Path.Combine(_scratch, "copy.so"));

        Assert.Contains("0 Error(s)", Weaken(source, destination), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(source), File.ReadAllBytes(destination));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1_000_000)]
    public void A_library_that_ends_early_is_refused(int bytes)
    {
        var broken = Path.Combine(_scratch, "broken.so");
        File.WriteAllBytes(broken, File.ReadAllBytes(PackagedLibrary())[..bytes]);

        Assert.Contains(
            "is not a whole 64-bit little-endian ELF library", Weaken(broken, Path.Combine(_scratch, "copy.so")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_scratch, "copy.so")));
    }

    [Fact]
    public void The_outputs_hold_links_and_not_copies()
    {
        var here = new FileInfo(Path.Combine(AppContext.BaseDirectory, "libtorch_cpu.so"));

        Assert.Equal(Path.Combine(Folder, "libtorch_cpu.so"), here.ResolveLinkTarget(returnFinalTarget: true)?.FullName);
        Assert.Null(new FileInfo(Path.Combine(Folder, "libLibTorchSharp.so")).LinkTarget);
    }

    private static string PackagedLibrary()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = File.ReadAllText(Path.Combine(Folder, "engine.txt")).Split(' ', ',')[1];
        return Path.Combine(packages, "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
    }

    private static string Weaken(string source, string destination)
    {
        ProcessStartInfo start = new("dotnet",
            ["msbuild", Path.Combine(RepositoryFiles.Root, "build", "LibTorch.targets"), "-t:WeakenSymbolVersion", $"-p:Source={source}",
                $"-p:Destination={destination}",
                "-nologo", "-v:normal", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        };
        // What 'dotnet test' says to the tests it runs must not reach a build started by them.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static uint SystemVHash(string name) => name.Aggregate(0u, (hash, letter) =>
    {
        hash = (hash << 4) + letter;
        var high = hash & 0xf0000000;
        return (hash ^ (high >> 24)) & ~high;
    });
}

using System.Runtime.InteropServices;

namespace Pipelines.Stages.Torch;

/// <summary>
/// Memory that libtorch has freed. The C library keeps it for the next training step, apart for every thread; so each stage, on a thread of
/// its own, would add its own to that of the stages before.
/// </summary>
internal static partial class FreedMemory
{
    private const string Library = "libc.so.6";

    // glibc's alone; others keep little.
    private static readonly bool s_isKept = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad(Library, out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out _);

    /// <summary>Gives back to the system what no thread uses.</summary>
    public static void GiveBack()
    {
        if (s_isKept)
            _ = Trim(0);
    }

    [LibraryImport(Library, EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}

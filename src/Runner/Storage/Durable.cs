using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipelines.Runner.Storage;

/// <summary>Writes that outlast a crash of the machine.</summary>
internal static partial class Durable
{
    /// <summary>Puts the file in place whole or not at all.</summary>
    /// <param name="temporary">A path on the same volume that nobody else uses.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, string temporary)
    {
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
        }
        File.Move(temporary, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    public static void FlushFile(string path)
    {
        // Windows flushes only through a handle that may write.
        var access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
        using var file = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Makes new names in a folder last; .NET opens no folders, so this goes to the C library. Nothing to do on Windows.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = Open(folder, flags: 0);
        if (!handle.IsInvalid)
            _ = Flush(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle file);
}

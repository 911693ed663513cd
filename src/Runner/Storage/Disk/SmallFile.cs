using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Reads small files with three calls to the system. .NET makes seven, to lock and to measure what nobody changes; with one file a stage
/// that is much of the time of a run with nothing to do.
/// </summary>
internal static partial class SmallFile
{
    private const int NoSuchFile = 2;
    private const int NoSuchFolder = 20;
    private const int OpenCloseOnExec = 0x80000;
    private const int OpenNoLink = 0x20000;

    // Whoever opens a pipe waits for its writer otherwise; so it is an empty file.
    private const int OpenNoWait = 0x800;

    [ThreadStatic]
    private static byte[]? _buffer;

    /// <summary>The content, valid until this thread reads the next file; false: there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool TryRead(string path, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!OperatingSystem.IsLinux())
        {
            if (!File.Exists(path))
                return false;
            content = File.ReadAllBytes(path);
            return true;
        }
        using var file = Open(path, OpenCloseOnExec | OpenNoLink | OpenNoWait);
        if (file.IsInvalid)
            return Marshal.GetLastPInvokeError() is NoSuchFile or NoSuchFolder ? false : throw Failure(path);
        var buffer = _buffer ??= new byte[1 << 14];
        var length = 0;
        for (int read; (read = Read(file, buffer.AsSpan(length), buffer.Length - length)) != 0;)
        {
            if (read < 0)
                throw Failure(path);
            length += read;
            // A file that leaves room is at its end.
            if (length < buffer.Length)
                break;
            Array.Resize(ref buffer, 2 * buffer.Length);
            _buffer = buffer;
        }
        content = buffer.AsSpan(0, length);
        return true;
    }

    private static IOException Failure(string path) =>
        new($"'{path}' cannot be read: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial int Read(SafeFileHandle file, Span<byte> content, nint length);
}

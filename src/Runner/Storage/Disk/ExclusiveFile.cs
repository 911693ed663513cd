namespace Pipelines.Runner.Storage;

/// <summary>A file that one process at a time can have open; the kernel gives it up when the process dies.</summary>
internal static class ExclusiveFile
{
    // What the systems call "somebody else has it": EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION.
    private const int HeldLinux = 11;
    private const int HeldMac = 35;
    private const int HeldWindows = unchecked((int)0x80070020);

    /// <summary>Makes the file if need be; null when somebody else has it.</summary>
    public static FileStream? TryOpen(string path) => TryOpen(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>As <see cref="TryOpen(string)"/>, but null too where there is no such file.</summary>
    public static FileStream? TryOpenOld(string path)
    {
        try
        {
            return TryOpen(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="TryOpen(string)"/>, but many may have it this way at once.</summary>
    public static FileStream? TryShare(string path) => TryOpen(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);

    private static FileStream? TryOpen(string path, FileMode mode, FileAccess access, FileShare share)
    {
        StoreFolder.Refuse(path);
        try
        {
            return new(path, mode, access, share, bufferSize: 0);
        }
        catch (IOException error) when (error.HResult is HeldLinux or HeldMac or HeldWindows)
        {
            return null;
        }
    }
}

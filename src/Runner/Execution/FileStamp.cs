using System.Globalization;
using System.Runtime.InteropServices;

namespace Pipelines.Runner.Execution;

/// <summary>
/// What tells whether a file may have changed without reading it: size, times of content and of status in nanoseconds, file number.
/// </summary>
internal readonly partial record struct FileStamp(long Size, long Modified, long Changed, ulong Number)
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Null when there is no such file.</summary>
    public static FileStamp? Of(string path)
    {
        if (OperatingSystem.IsLinux())
            return Statx(CurrentFolder, path, 0, BasicFields, out var found) == 0
                ? new((long)found.Size, found.Modified.Nanoseconds, found.Changed.Nanoseconds, found.Number)
                : null;
        var info = new FileInfo(path);
        return info.Exists ? new(info.Length, Nanoseconds(info.LastWriteTimeUtc), Nanoseconds(info.CreationTimeUtc), 0) : null;
    }

    /// <summary>Null unless the path itself is a file, and no link to one.</summary>
    public static FileStamp? OfRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new FileInfo(path).LinkTarget is null ? Of(path) : null;
        return Statx(CurrentFolder, path, NoFollow, BasicFields, out var found) == 0 && (found.Mode & KindMask) == RegularFile
            ? new((long)found.Size, found.Modified.Nanoseconds, found.Changed.Nanoseconds, found.Number)
            : null;
    }

    /// <summary>Whether the path itself is a folder, and no link to one.</summary>
    public static bool IsFolder(string path) => OperatingSystem.IsLinux()
        ? Statx(CurrentFolder, path, NoFollow, BasicFields, out var found) == 0 && (found.Mode & KindMask) == Folder
        : new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    /// <summary>A pipe, a socket or a device: reading it may never end, and gives its content only once.</summary>
    public static bool IsSpecial(string path) =>
        OperatingSystem.IsLinux() && Statx(CurrentFolder, path, 0, BasicFields, out var found) == 0
            && (found.Mode & KindMask) is not (RegularFile or Folder);

    /// <summary>Whether there is a file that can be opened without waiting for somebody to write it.</summary>
    public static bool IsFile(string path) => File.Exists(path) && !IsSpecial(path);

    /// <summary>A file written so lately may be written again within the same tick of its clock: then the stamp proves nothing.</summary>
    public bool IsTooFresh(DateTimeOffset now) => Nanoseconds(now.UtcDateTime) - Math.Max(Modified, Changed) < 2_000_000_000;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size} {Modified} {Changed} {Number}");

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;

    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const ushort KindMask = 0xf000;
    private const ushort RegularFile = 0x8000;
    private const ushort Folder = 0x4000;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint fields, out Found found);

    // struct statx of the Linux kernel, the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Found
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public Time Changed;

        [FieldOffset(112)]
        public Time Modified;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public uint Fraction;
        public int Reserved;

        public readonly long Nanoseconds => (Seconds * 1_000_000_000) + Fraction;
    }
}

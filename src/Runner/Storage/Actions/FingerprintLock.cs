using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pipelines.Runner.Storage;

/// <summary>
/// The kernel's lock on a file that is never deleted (two processes could otherwise each lock a file of the same name), so a killed process
/// leaves nothing to unlock. Who holds it stands in the file, for the message only.
/// </summary>
internal sealed class FingerprintLock : IDisposable
{
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(500);

    private static readonly Lazy<byte[]> Self = new(() => Encoding.UTF8.GetBytes(DescribeSelf()));

    private readonly FileStream _file;

    private FingerprintLock(FileStream file) => _file = file;

    public static async Task<FingerprintLock> AcquireAsync(string path, Action<string> waitingFor, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(path)!;
        StoreFolder.Refuse(folder);
        Directory.CreateDirectory(folder);
        for (var wait = MinWait; ; wait = wait < MaxWait ? wait * 2 : MaxWait)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryAcquire(path) is { } held)
                return held;
            if (wait == MinWait)
                waitingFor(Holder(path));
            await Task.Delay(wait, cancellation).ConfigureAwait(false);
        }
    }

    public static FingerprintLock? TryAcquire(string path)
    {
        if (ExclusiveFile.TryOpen(path) is not { } file)
            return null;
        try
        {
            SayWhoHolds(file);
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static void SayWhoHolds(FileStream file)
    {
        RandomAccess.Write(file.SafeFileHandle, Self.Value, 0);
        RandomAccess.SetLength(file.SafeFileHandle, Self.Value.Length);
    }

    private static string DescribeSelf()
    {
        using var self = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"process {self.Id} (since {self.StartTime.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC on {Environment.MachineName})");
    }

    private static string Holder(string path)
    {
        try
        {
            if (SmallFile.TryRead(path, out var holder) && !holder.IsEmpty)
                return Encoding.UTF8.GetString(holder);
        }
        catch (IOException)
        {
            // Some systems let nobody read a locked file.
        }
        return "another process";
    }
}

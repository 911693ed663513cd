using System.Diagnostics;
using System.Globalization;

namespace Pipelines.Runner.Storage;

/// <summary>
/// The kernel's lock on a file that is never deleted (two processes could otherwise each lock a file of the same name), so a killed process
/// leaves nothing to unlock. Who holds it stands in a file beside it, for the message only.
/// </summary>
internal sealed class FingerprintLock : IDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private static readonly Lazy<string> Self = new(DescribeSelf);

    private readonly FileStream _file;

    private FingerprintLock(FileStream file) => _file = file;

    public static async Task<FingerprintLock> AcquireAsync(string path, Action<string> waitingFor, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var wait = ShortestWait; ; wait = wait < LongestWait ? wait * 2 : LongestWait)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryAcquire(path) is { } held)
                return held;
            if (wait == ShortestWait)
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
            SayWhoHolds(path);
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string HolderFile(string path) => path + ".holder";

    private static void SayWhoHolds(string path) => File.WriteAllText(HolderFile(path), Self.Value);

    private static string DescribeSelf()
    {
        using var self = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture, $"process {self.Id} (since {self.StartTime.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC on {Environment.MachineName})");
    }

    private static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(HolderFile(path));
        }
        catch (IOException)
        {
            // It has the lock but has not written its name yet.
            return "another process";
        }
    }
}

namespace Pipelines.Runner.Storage;

/// <summary>A lock that runs share and a collection takes alone, so that nothing is collected that a run has found or made.</summary>
internal static class StoreGate
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until no collection goes on; disposing gives the lock back.</summary>
    public static FileStream Share(StoreLayout layout)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(layout.Gate)!);
        while (true)
        {
            if (ExclusiveFile.TryShare(layout.Gate) is { } held)
                return held;
#pragma warning disable RS0030 // It waits for another process, and whoever calls it holds no thread of the pool for long.
            Thread.Sleep(Wait);
#pragma warning restore RS0030
        }
    }

    /// <summary>Null while a run goes on.</summary>
    public static FileStream? TryTakeAlone(StoreLayout layout)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(layout.Gate)!);
        return ExclusiveFile.TryOpen(layout.Gate);
    }
}

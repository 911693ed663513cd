using System.Globalization;

namespace Pipelines.Benchmarks;

/// <summary>The most memory that this process held since <see cref="Reset"/>, as Linux counts it (<c>VmHWM</c>).</summary>
internal static class PeakMemory
{
    private const string Name = "VmHWM:";

    public static long MiB
    {
        get
        {
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
            return long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) >> 10;
        }
    }

    /// <summary>Gives back what is no longer used and counts from there.</summary>
    public static void Reset()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }
}

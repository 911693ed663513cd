using System.Globalization;

namespace Pipelines.Runner.Execution;

/// <summary>Resident memory as Linux tells it under <c>/proc</c>, in bytes; null elsewhere.</summary>
internal static class ProcessMemory
{
    private const int Kilobyte = 1024;

    // Of a process that starts others without end.
    private const int MaxProcesses = 1000;

    public static long? Resident(string process = "self") => Field(process, "VmRSS:");

    /// <summary>The most this process ever held.</summary>
    public static long? HighestResident() => Field("self", "VmHWM:");

    /// <summary>What the processes hold that this one started, and those that they started.</summary>
    public static long OfDescendants()
    {
        var sum = 0L;
        Queue<string> parents = new(["self"]);
        for (var seen = 0; seen < MaxProcesses && parents.TryDequeue(out var parent); seen++)
            foreach (var child in ChildrenOf(parent))
            {
                sum += Resident(child) ?? 0;
                parents.Enqueue(child);
            }
        return sum;
    }

    private static long? Field(string process, string name)
    {
        foreach (var line in Text($"/proc/{process}/status").Split('\n'))
            if (line.StartsWith(name, StringComparison.Ordinal)
                && long.TryParse(
                    line.AsSpan(name.Length).Trim().TrimEnd("kB "), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return value * Kilobyte;
        return null;
    }

    private static IEnumerable<string> ChildrenOf(string process)
    {
        var threads = new DirectoryInfo($"/proc/{process}/task");
        try
        {
            return [.. threads.EnumerateDirectories()
                .SelectMany(thread => Text($"{thread.FullName}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A process may end at any time.
    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

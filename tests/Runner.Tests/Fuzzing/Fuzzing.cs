using System.Diagnostics;
using System.Globalization;

namespace Pipelines.Tests.Runner.Fuzzing;

/// <summary>Feeds many mutated inputs to something that must neither throw nor hang nor take much memory.</summary>
internal sealed class Fuzzing(int seed, int count)
{
    private const long MostBytes = 256L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TimeSpan _slowest;
    private long _most;
    private string _slowestInput = "", _largestInput = "";

    /// <summary>How many inputs a test tries; <c>tests/fuzz</c> tries more.</summary>
    public static int Count(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("FUZZ_COUNT"), CultureInfo.InvariantCulture, out var count) ? count : otherwise;

    /// <param name="make">An input from a source of random numbers.</param>
    /// <param name="feed">Throws when the answer is wrong.</param>
    public async Task RunAsync<T>(Func<Random, T> make, Func<T, Task> feed, Func<T, string> show)
    {
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            // A seed of its own, so that one input can be tried again alone.
            var input = make(new(unchecked((seed * 1_000_003) + i)));
            var watch = Stopwatch.StartNew();
            var feeding = Task.Run(async () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                await feed(input);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });
            if (await Task.WhenAny(feeding, Task.Delay(Patience)) != feeding)
                throw new TimeoutException($"Input {i} takes more than a minute:\n{show(input)}");
            try
            {
                Note(watch.Elapsed, await feeding, show(input));
            }
            catch (Exception error)
            {
                // One input for each kind of failure is enough.
                failures.TryAdd($"{error.GetType().Name} {error.StackTrace?.Split('\n')[0]}", $"input {i}: {error}\n--- input\n{show(input)}\n---");
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Values));
        Assert.True(_most <= MostBytes, $"an input took {_most >> 20} MiB:\n{_largestInput}");
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} inputs, seed {seed}; slowest {_slowest.TotalMilliseconds:F0} ms ({_slowestInput.Length} characters), most memory made for one {_most >> 20} MiB, peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");

    private void Note(TimeSpan took, long bytes, string input)
    {
        if (bytes > _most)
            (_most, _largestInput) = (bytes, input);
        if (took > _slowest)
            (_slowest, _slowestInput) = (took, input);
    }
}

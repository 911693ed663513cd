using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Pipelines.TestKit.Fuzzing;

/// <summary>Feeds many mutated inputs to something that must neither throw nor hang nor take much memory.</summary>
/// <param name="hasProcess">Whether nothing else goes on in the process, so that what all its threads take is taken by the input.</param>
public sealed class Fuzzer(int seed, int count, bool hasProcess = false)
{
    private const long MaxBytes = 256L << 20;

    // Of so many times that the slowest is tried again, the best counts: the first one may have compiled what it met.
    private const int Again = 3;

    // A flush to a busy disk alone may take a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    private TimeSpan _slowest, _slowestAlone;
    private long _most;
    private int _slowestNumber;
    private string _largestInput = "";

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
            var input = make(Source(i));
            var watch = Stopwatch.StartNew();
            var feeding = Task.Run(() => MeasuredAsync(() => feed(input)));
            if (await Task.WhenAny(feeding, Task.Delay(Patience)) != feeding)
                throw new TimeoutException($"Input {i} takes more than five minutes:\n{show(input)}");
            try
            {
                Note(i, watch.Elapsed, await feeding, show(input));
            }
            catch (Exception error)
            {
                // One input for each kind of failure is enough.
                failures.TryAdd(
                    $"{error.GetType().Name} {error.StackTrace?.Split('\n')[0]}", $"input {i}: {error}\n--- input\n{show(input)}\n---");
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Values));
        Assert.True(_most <= MaxBytes, $"an input took {_most >> 20} MiB:\n{_largestInput}");
        var slowest = make(Source(_slowestNumber));
        _slowestAlone = await AloneAsync(() => feed(slowest));
        Assert.True(_slowestAlone <= MaxTime, $"input {_slowestNumber} takes {_slowestAlone} of the processor:\n{show(slowest)}");
    }

    // A seed of its own, so that one input can be tried again alone.
    private Random Source(int number) => new(unchecked((seed * 1_000_003) + number));

    private async Task<long> MeasuredAsync(Func<Task> feed)
    {
        var before = Allocated();
        await feed();
        return Allocated() - before;
    }

    // Who waits for others may go on in another thread, with a count of its own.
    private long Allocated() => hasProcess ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();

    private TimeSpan Spent() => hasProcess ? Environment.CpuUsage.TotalTime : ThreadClock.Now;

    private async Task<TimeSpan> AloneAsync(Func<Task> feed)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Again; i++)
        {
            var before = Spent();
            await feed();
            var took = Spent() - before;
            best = took < best ? took : best;
        }
        return best;
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} inputs, seed {seed}; slowest {_slowest.TotalMilliseconds:F0} ms "
            + $"(number {_slowestNumber}, of the processor {_slowestAlone.TotalMilliseconds:F0} ms), "
            + $"most memory made for one {_most >> 20} MiB, peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");

    private void Note(int number, TimeSpan took, long bytes, string input)
    {
        if (bytes > _most)
            (_most, _largestInput) = (bytes, input);
        if (took > _slowest)
            (_slowest, _slowestNumber) = (took, number);
    }
}

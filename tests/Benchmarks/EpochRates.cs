using System.Diagnostics;
using Pipelines.Stages.Contracts;

namespace Pipelines.Benchmarks;

/// <summary>Rows a second of each epoch of a training, by what it reports.</summary>
internal sealed class EpochRates : IProgress<StageProgress>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly SortedDictionary<double, (double From, long FromRows, double To, long ToRows)> _epochs = [];

    /// <summary>Of the fastest epoch since the last call.</summary>
    public double TakeBest()
    {
        var best = _epochs.Values.Max(epoch => (epoch.ToRows - epoch.FromRows) / (epoch.To - epoch.From));
        _epochs.Clear();
        return best;
    }

    void IProgress<StageProgress>.Report(StageProgress value)
    {
        // What is measured at the end of an epoch comes after its validation.
        if (value.Measured is not null || value.Values?.GetValueOrDefault("epoch") is not ({ } epoch and > 0))
            return;
        var now = _watch.Elapsed.TotalSeconds;
        var (from, fromRows) = _epochs.TryGetValue(epoch, out var known) ? (known.From, known.FromRows) : (now, value.Done);
        _epochs[epoch] = (from, fromRows, now, value.Done);
    }
}

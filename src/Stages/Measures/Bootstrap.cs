using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Measures;

/// <summary>Draws rows with replacement, the same rows for all models, so that differences of models are measured on equal
/// samples.</summary>
/// <param name="resamples">How many samples.</param>
internal sealed class Bootstrap(int resamples, StageContext context)
{
    /// <param name="rows">How many rows there are, and how many a sample has.</param>
    /// <param name="measure">From the row numbers of a sample to the measures; called from several threads.</param>
    /// <returns>By measure, its value in each sample.</returns>
    public double[][] Run(int rows, int measures, Func<int[], double[]> measure, CancellationToken cancellation)
    {
        double[][] values = [.. Enumerable.Range(0, measures).Select(_ => new double[resamples])];
        var done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = context.Threads, CancellationToken = cancellation };
        Parallel.For(0, resamples, options, () => new int[rows], (sample, _, drawn) =>
        {
            SeededRandom random = new(context.Seed, RandomStreams.BootstrapSamples, (ulong)sample);
            for (var i = 0; i < drawn.Length; i++)
                drawn[i] = random.NextBelow(rows);
            var measured = measure(drawn);
            for (var i = 0; i < measured.Length; i++)
                values[i][sample] = measured[i];
            context.Progress.Report(new(Interlocked.Increment(ref done), resamples, "samples"));
            return drawn;
        }, _ => { });
        return values;
    }
}

namespace Pipelines.Stages.Training;

/// <summary>What share of the optimizer's learning rate each step takes.</summary>
public abstract record Schedule
{
    internal abstract double ShareAt(TrainingMoment moment);

    /// <summary>The whole rate.</summary>
    /// <param name="Warmup">Share of all steps in which the rate rises from 0.</param>
    public sealed record Constant(double Warmup = 0) : Schedule
    {
        internal override double ShareAt(TrainingMoment moment) => moment.Warming(Warmup) ?? 1;
    }

    /// <summary>A straight line down to <paramref name="End"/>, as Hugging Face's linear schedule with warm-up.</summary>
    /// <param name="Warmup">Share of all steps in which the rate rises from 0.</param>
    public sealed record Linear(double Warmup = 0, double End = 0) : Schedule
    {
        internal override double ShareAt(TrainingMoment moment) =>
            moment.Warming(Warmup) ?? (End + ((1 - End) * (1 - moment.Progress(Warmup))));
    }

    /// <summary>Half a cosine wave down to <paramref name="End"/>.</summary>
    /// <param name="Warmup">Share of all steps in which the rate rises from 0.</param>
    public sealed record Cosine(double Warmup = 0, double End = 0) : Schedule
    {
        internal override double ShareAt(TrainingMoment moment) =>
            moment.Warming(Warmup) ?? (End + ((1 - End) * 0.5 * (1 + Math.Cos(Math.PI * moment.Progress(Warmup)))));
    }

    /// <summary>
    /// Smaller by <paramref name="Factor"/> whenever the monitored metric has not improved for some epochs, as Keras' ReduceLROnPlateau.
    /// </summary>
    /// <param name="MinDelta">A smaller change is no improvement.</param>
    /// <param name="End">The least share.</param>
    public sealed record Plateau(double Factor = 0.5, int Patience = 2, double MinDelta = 0, double End = 0) : Schedule
    {
        internal override double ShareAt(TrainingMoment moment)
        {
            var (best, waited, share) = (double.PositiveInfinity, 0, 1.0);
            foreach (var score in moment.Scores)
            {
                (best, waited) = score < best - MinDelta ? (score, 0) : (best, waited + 1);
                if (waited >= Patience)
                    (share, waited) = (share * Factor, 0);
            }
            return Math.Max(share, End);
        }
    }
}

/// <summary>Where a training stands: all that a schedule may depend on, so that a resumed training goes on with the same rates.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of all epochs together.</param>
/// <param name="Scores">The monitored metric of the finished epochs, with the sign that makes smaller better.</param>
internal sealed record TrainingMoment(long Step, long Steps, IReadOnlyList<double> Scores)
{
    /// <summary>The share of the rate while it rises; null afterwards.</summary>
    public double? Warming(double warmup) => WarmupSteps(warmup) is var warming && Step < warming ? (double)Step / warming : null;

    /// <summary>From 0 after the warm-up to 1 after the last step.</summary>
    public double Progress(double warmup) => (double)(Step - WarmupSteps(warmup)) / Math.Max(1, Steps - WarmupSteps(warmup));

    private long WarmupSteps(double warmup) => (long)Math.Ceiling(Steps * warmup);
}

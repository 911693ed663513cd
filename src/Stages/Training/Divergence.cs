using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Training;

/// <summary>The first moment at which a training gave a number that is none.</summary>
/// <param name="Batch">Null: it was found while validating.</param>
/// <param name="What">What was not finite, with its article.</param>
/// <param name="LargestGradient">The largest that was still finite; null: none was.</param>
internal sealed record Divergence(int Epoch, int? Batch, string What, float? LargestGradient)
{
    /// <summary>A gradient beyond this has no finite square, and optimizers and norms square it.</summary>
    public static readonly float MaxGradient = MathF.Sqrt(float.MaxValue);

    private string Sentence
    {
        get
        {
            var place = Batch is { } batch ? $"epoch {Epoch}, batch {batch}" : $"epoch {Epoch}";
            var gradient = LargestGradient is { } largest
                ? string.Create(CultureInfo.InvariantCulture, $" (largest gradient {largest:0.##E+0})")
                : "";
            return $"Training diverged in {place}: {What}{gradient}.";
        }
    }

    public StageException Failure(TrainingParams parameters)
    {
        var rate = parameters.Optimizer.LearningRate;
        var clip = parameters.ClipNorm is null ? ", limit the gradient ('clip_norm: 1')" : ", a smaller 'clip_norm'";
        var penalties = parameters.L1 > 0 || parameters.L2 > 0 ? ", smaller 'l1' and 'l2'" : "";
        var canKeep = parameters.OnDivergence == OnDivergence.Stop && Epoch > 1;
        var keep = canKeep ? "; 'on_divergence: keep-best' would keep the best epoch before" : "";
        var smaller = string.Create(CultureInfo.InvariantCulture, $"try a smaller learning rate (now {rate:R}, e.g. {rate / 10:R})");
        return new(Sentence)
        {
            Help = smaller + clip + penalties + keep,
            Parameter = "optimizer",
        };
    }

    /// <param name="kept">The epoch that is kept.</param>
    public string Note(int kept) => $"{Sentence} Epoch {kept}, the best before, is kept.";

    public Warning Warning(int kept) => new("training_diverged", new Dictionary<string, object> { ["epoch"] = Epoch, ["kept"] = kept });
}

/// <summary>Ends a training at once.</summary>
internal sealed class DivergenceException(Divergence divergence) : Exception
{
    public Divergence Divergence { get; } = divergence;
}

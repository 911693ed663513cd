using System.Text.RegularExpressions;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Layers;

/// <summary>One of several outputs of a network, which reads what the layers before it give to all of them.</summary>
/// <param name="Layers">Its own; the last one is dense: <c>softmax</c> or <c>sigmoid</c>, or <c>linear</c> for a number.</param>
/// <param name="Weight">Of its loss in the sum that is minimized.</param>
/// <param name="Number">The column with the number that it learns; null: it learns the class of a label.</param>
public sealed partial record Head(string Name, IReadOnlyList<Layer> Layers, double Weight = 1, string? Number = null)
{
    public string Name { get; init; } = Word().IsMatch(Name) ? Name : throw new StageException($"'{Name}' cannot name a head.")
    {
        Help = "Metrics and weights are named by it: write letters, digits, - and _.",
        Parameter = "name",
    };

    /// <summary>What it is measured by beside its loss.</summary>
    internal string Measure => Number is null ? "accuracy" : "mean_absolute_error";

    /// <summary>The metrics of a split: <c>letter.loss</c>, <c>letter.accuracy</c>.</summary>
    internal IEnumerable<string> Measures => [MetricNames.Of(Name, MetricNames.Loss), MetricNames.Of(Name, Measure)];

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$")]
    private static partial Regex Word();
}

/// <summary>A head of a trained network.</summary>
/// <param name="Classes">1 where it gives a number.</param>
/// <param name="Labels">The step that numbered its labels; null: it gives a number.</param>
internal sealed record HeadSettings(Head Head, int Classes, EncodingStep? Labels);

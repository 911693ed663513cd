using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>The weights of an encoder, and of what stands on it, by layer.</summary>
internal static class EncoderWeightsGrid
{
    /// <summary>All weights, and how many of them are trained.</summary>
    public static IEnumerable<CardItem> WithTrained(TransformerEncoder encoder)
    {
        var trained = encoder.Trained().Items.ToHashSet();
        yield return new Fact("parameters", encoder.Parameters.Count, ValueFormat.Integer);
        yield return new Fact("trained_parameters", trained.Sum(parameter => parameter.Count), ValueFormat.Integer);
        yield return Grid(encoder, [new("trained_parameters", ValueFormat.Integer)], layer => [layer.Where(trained.Contains).Sum(Count)]);
    }

    public static IEnumerable<CardItem> Of(TransformerEncoder encoder)
    {
        yield return new Fact("parameters", encoder.Parameters.Count, ValueFormat.Integer);
        yield return Grid(encoder, [], _ => []);
    }

    private static Grid Grid(
        TransformerEncoder encoder, GridColumn[] more, Func<IEnumerable<Parameter>, IReadOnlyList<object?>> cells) => new(
        "encoder_weights", [new("layer", ValueFormat.Code), new("parameters", ValueFormat.Integer), .. more],
        [.. encoder.Parameters.Items.GroupBy(parameter => LayerOf(parameter.Name)).Select(layer => (IReadOnlyList<object?>)
            [layer.Key, layer.Sum(Count), .. cells(layer)])]);

    private static long Count(Parameter parameter) => parameter.Count;

    /// <summary><c>encoder.layer.3</c>, <c>embeddings</c>, <c>classifier</c>.</summary>
    private static string LayerOf(string name) => name.Split('.') is ["encoder", "layer", var number, ..]
        ? $"encoder.layer.{number}"
        : name[..name.IndexOf('.', StringComparison.Ordinal)];
}

using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Training;

/// <summary>The summary of a model: its weights by layer, with shapes and numbers.</summary>
internal static class WeightsGrid
{
    public static IEnumerable<CardItem> Items(ParameterSet parameters)
    {
        yield return new Fact("parameters", parameters.Count, ValueFormat.Integer);
        if (parameters.TrainableCount < parameters.Count)
            yield return new Fact("trainable_parameters", parameters.TrainableCount, ValueFormat.Integer);
        yield return new Grid(
            "weights",
            [new("layer", ValueFormat.Code), new("shapes", ValueFormat.Code), new("parameters", ValueFormat.Integer)],
            [.. parameters.Items.GroupBy(Layer, StringComparer.Ordinal).Select(layer => (IReadOnlyList<object?>)
                [layer.Key, string.Join(", ", layer.Select(Shape)), layer.Sum(parameter => parameter.Count)])]);
    }

    private static string Layer(Parameter parameter) => parameter.Name[..parameter.Name.LastIndexOf('.')];

    private static string Shape(Parameter parameter) => string.Join(" x ", parameter.Value.shape);
}

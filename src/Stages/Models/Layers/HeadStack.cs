using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Heads side by side behind the layers of a network: which cannot stand where they are.</summary>
internal static class HeadStack
{
    /// <summary>The parameter that holds the heads.</summary>
    public const string Path = "heads";

    /// <summary>The heads themselves, for the constructors of parameters; null: the network has one output, its last layer.</summary>
    /// <exception cref="StageException">A head cannot stand where it is, whatever the data are.</exception>
    public static IReadOnlyList<Head>? Checked(IReadOnlyList<Head>? heads)
    {
        if (heads is null)
            return null;
        if (heads.Count < 2)
            throw Wrong("A network with heads has several.", "Write the layers of the only one at the end of `layers`.", Path);
        if (heads.Index().GroupBy(head => head.Item.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Wrong($"Two heads are called '{twice.Key}'.", "Give each a name of its own.", $"{Path}.{twice.Last().Index}.name");
        if (heads[0].Number is not null)
            throw Wrong("The first head must give a class: it is the one that predicts.", "Put a head with classes first.", $"{Path}.0");
        for (var i = 0; i < heads.Count; i++)
            CheckLast(heads[i], i);
        return heads;
    }

    /// <summary>The sites of one head.</summary>
    /// <param name="input">What the layers before all heads give.</param>
    /// <param name="classes">Of this head; null: not known.</param>
    public static IEnumerable<LayerSite> Sites(Head head, int index, LayerShape input, NetworkData data, int? classes) =>
        LayerStack.Sites(
            head.Layers, first: 0, $"{Path}.{index}.layers", $"head.{head.Name}.", input,
            data with { Classes = classes, IsNumber = head.Number is not null }, outer: null);

    private static void CheckLast(Head head, int index)
    {
        var path = $"{Path}.{index}.layers";
        if (head.Layers.Count == 0)
            throw Wrong($"The head '{head.Name}' needs layers.", "Write `layers: [dense: softmax]`.", path);
        var last = head.Layers[^1];
        var isRight = head.Number is null
            ? last is Layer.Dense { Activation: Activation.Softmax or Activation.Sigmoid or Activation.Linear }
            : last is Layer.Dense { Activation: Activation.Linear, Units: null or 1 };
        if (!isRight)
            throw LayerSite.Wrong(
                $"{path}.{head.Layers.Count - 1}", last,
                head.Number is null ? "The last layer of a head must give every class a probability."
                    : "The last layer of a head for a number gives that number.",
                head.Number is null ? "End with `dense: softmax`." : "End with `dense: linear`.");
    }

    private static StageException Wrong(string message, string help, string parameter) =>
        new(message) { Help = help, Parameter = parameter };
}

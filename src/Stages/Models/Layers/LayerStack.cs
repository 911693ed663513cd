using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Builds the layers behind the embedding, and says which layer cannot stand where it is.</summary>
internal sealed class LayerStack(ParameterSet parameters, int classes, int threads)
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    /// <summary>Size of the values after the last layer built.</summary>
    private int _size;

    /// <summary>Whether they are values of every step, not yet one row a text.</summary>
    private bool _hasSteps = true;

    /// <summary>The embedding that the stack must start with.</summary>
    public static Layer.Embedding EmbeddingOf(IReadOnlyList<Layer> layers)
    {
        if (layers.Count == 0 || layers[0] is not Layer.Embedding embedding)
            throw Wrong(0, "The first layer must be an embedding.", "Begin with `embedding: 100`.");
        if (layers[^1] is not Layer.Dense { Activation: Activation.Softmax or Activation.Sigmoid or Activation.Linear })
            throw Wrong(layers.Count - 1, "The last layer must give every class a probability.", "End with `dense: softmax`.");
        return embedding;
    }

    public IReadOnlyList<NetworkLayer> Build(IReadOnlyList<Layer> layers)
    {
        _size = EmbeddingOf(layers).Size;
        return [.. layers.Select((layer, i) => (layer, i)).Skip(1).Select(entry => Build(layers, entry.i, entry.layer))];
    }

    private NetworkLayer Build(IReadOnlyList<Layer> layers, int i, Layer layer)
    {
        switch (layer)
        {
            case Layer.Dropout dropout:
                return new DropoutLayer(dropout.Rate);
            case Layer.Lstm lstm:
                NeedSteps(i, "lstm");
                _hasSteps = lstm.ReturnSequences ?? NextReadsSteps(layers, i);
                var built = new LstmLayer(parameters, Name("lstm"), _size, lstm, _hasSteps, threads);
                _size = lstm.Bidirectional ? 2 * lstm.Units : lstm.Units;
                return built;
            case Layer.Conv1d convolution:
                NeedSteps(i, "conv1d");
                var layerBuilt = new ConvolutionLayer(parameters, Name("conv1d"), _size, convolution);
                _size = convolution.Filters;
                return layerBuilt;
            case Layer.Dense dense:
                return Dense(i, dense, isLast: i == layers.Count - 1);
            case Layer.Embedding:
                throw Wrong(i, "There can be only one embedding, as the first layer.", "Remove this one.");
            default:
                NeedSteps(i, PortName.Dashed(layer.GetType().Name));
                _hasSteps = false;
                return layer switch
                {
                    Layer.MaxPool => new MaxPoolLayer(),
                    Layer.AveragePool => new AveragePoolLayer(),
                    _ => new LastLayer(),
                };
        }
    }

    private NetworkLayer Dense(int i, Layer.Dense dense, bool isLast)
    {
        if (_hasSteps)
            throw Wrong(i, "A dense layer needs one row of values a text, and here there is one a word.",
                "Put max-pool, average-pool, last or an lstm before it.");
        if (isLast)
            return Output(i, dense);
        if (dense.Units is not { } units)
            throw Wrong(i, "A dense layer inside the network needs its number of units.",
                "Write `dense: { units: 64, activation: relu }`.", "units");
        var built = new DenseLayer(new(parameters, Name("dense"), _size, units), dense.Activation);
        _size = units;
        return built;
    }

    /// <summary>The last layer gives scores before the activation: the loss and the probabilities apply it.</summary>
    private NetworkLayer Output(int i, Layer.Dense dense)
    {
        if (dense.Activation == Activation.Sigmoid)
        {
            if (classes != 2 || dense.Units is not (null or 1))
                throw Wrong(i, $"A sigmoid output tells two classes apart, and there are {classes}.", "Use `dense: softmax`.");
            return new BinaryOutput(new(parameters, Name("dense"), _size, 1));
        }
        if (dense.Units is { } units && units != classes)
            throw Wrong(i, $"The last layer has {units} units for {classes} classes.", "Leave `units` out.", "units");
        return new DenseLayer(new(parameters, Name("dense"), _size, classes), Activation.Linear);
    }

    private void NeedSteps(int i, string layer)
    {
        if (!_hasSteps)
            throw Wrong(i, $"{layer} reads the values of every word, and the layers before it leave only one row a text.",
                "Put it before pooling; an lstm before it needs `return_sequences: true`.");
    }

    private static bool NextReadsSteps(IReadOnlyList<Layer> layers, int i) =>
        layers.Skip(i + 1).FirstOrDefault(layer => layer is not Layer.Dropout) is not (Layer.Dense or null);

    private string Name(string kind)
    {
        var number = _names[kind] = _names.GetValueOrDefault(kind) + 1;
        return number == 1 ? kind : $"{kind}_{number}";
    }

    private static StageException Wrong(int layer, string message, string help, string? member = null) => new(message)
    {
        Help = help,
        Parameter = member is null ? $"layers.{layer}" : $"layers.{layer}.{member}",
    };
}

using System.Runtime.InteropServices;
using Onnx;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>The weights of a BERT that was exported to ONNX, by their published names.</summary>
internal static class OnnxWeights
{
    private const string Bias = ".bias";

    /// <summary>
    /// An exporter folds a product's transposition into its kernel and gives the result a number for a name; the kernel belongs to the bias
    /// that is added to the product.
    /// </summary>
    public static IReadOnlyDictionary<string, StoredTensor> Read(byte[] model)
    {
        var graph = ModelProto.Parser.ParseFrom(model).Graph;
        var stored = graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float)
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var weights = stored.Values.Where(tensor => tensor.Name.Contains('.', StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Name, Stored, StringComparer.Ordinal);
        var adding = graph.Node.Where(node => node.OpType == "Add")
            .SelectMany(node => node.Input, (node, input) => (Input: input, Added: node.Input.FirstOrDefault(name => IsBias(name))))
            .Where(sum => sum.Added is not null).ToLookup(sum => sum.Input, sum => sum.Added!, StringComparer.Ordinal);
        foreach (var product in graph.Node.Where(node => node.OpType == "MatMul" && stored.ContainsKey(node.Input[1])))
            if (adding[product.Output[0]].FirstOrDefault() is { } bias)
                weights[bias[..^Bias.Length] + ".weight"] = Transposed(Stored(stored[product.Input[1]]));
        return weights;

        bool IsBias(string name) => name.EndsWith(Bias, StringComparison.Ordinal) && stored.ContainsKey(name);
    }

    private static StoredTensor Stored(TensorProto tensor) =>
        new([.. tensor.Dims], MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray());

    private static StoredTensor Transposed(StoredTensor matrix)
    {
        var (rows, columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var values = new float[matrix.Values.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                values[(column * rows) + row] = matrix.Values[(row * columns) + column];
        return new([columns, rows], values);
    }
}

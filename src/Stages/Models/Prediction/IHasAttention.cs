namespace Pipelines.Stages.Models.Prediction;

/// <summary>A predictor whose network may weigh the tokens of a text and then says how.</summary>
internal interface IHasAttention
{
    /// <summary>False: this model has no such weights.</summary>
    bool Attends { get; }

    /// <summary>What the network looked at for each input, in order.</summary>
    IReadOnlyList<TextAttention> Attend(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation);
}

/// <summary>The weights of one layer, head by head: how much each row looks at each token (rows x tokens, each row 1 in all).</summary>
internal sealed record AttentionLayer(IReadOnlyList<double[][]> Heads)
{
    /// <summary>The mean over the heads.</summary>
    public double[][] Mean() =>
        [.. Heads[0].Select((row, i) => row.Select((_, j) => Heads.Average(head => head[i][j])).ToArray())];
}

/// <summary>What a network looked at while it predicted the label of a text.</summary>
/// <param name="Written">The characters that were written, which are the rows; null: the tokens themselves are.</param>
/// <param name="Layers">First to last; of a decoder there is one.</param>
/// <param name="Read">What share each row of the last layer has in the prediction.</param>
internal sealed record TextAttention(
    Prediction Prediction, IReadOnlyList<string>? Written, IReadOnlyList<AttentionLayer> Layers, double[] Read)
{
    /// <summary>
    /// How much the prediction looks at each token in the end. Where tokens look at tokens, layer after layer: attention rollout (Abnar,
    /// Zuidema 2020), in which half of what each layer hands on is what came in.
    /// </summary>
    public double[] ByToken()
    {
        if (Written is not null)
            return Product(Read, Layers[0].Mean());
        var looked = Read;
        foreach (var layer in Layers.Reverse())
        {
            var before = Product(looked, layer.Mean());
            looked = [.. looked.Zip(before, (kept, moved) => (0.5 * kept) + (0.5 * moved))];
        }
        return looked;
    }

    private static double[] Product(double[] row, double[][] matrix)
    {
        var result = new double[matrix.Length == 0 ? 0 : matrix[0].Length];
        for (var i = 0; i < row.Length; i++)
            for (var j = 0; j < result.Length; j++)
                result[j] += row[i] * matrix[i][j];
        return result;
    }
}


namespace Pipelines.Stages.Explaining;

/// <summary>What each head of each layer does, on the mean over some texts (layers x heads).</summary>
/// <param name="Entropy">How spread its weights are: 0 where each token looks at one, 1 where it looks at all alike.</param>
/// <param name="Words">What share the first token gives to words, and not to special tokens.</param>
internal sealed record HeadSummary(double[][] Entropy, double[][] Words)
{
    public static HeadSummary Of(IReadOnlyList<AttendedText> texts)
    {
        var layers = texts[0].Attention.Layers;
        return new(
            ByHead((text, layer, head) => EntropyOf(texts[text].Attention.Layers[layer].Heads[head])),
            ByHead((text, layer, head) => texts[text].Units.Sum(texts[text].Attention.Layers[layer].Heads[head][0]).Scores.Sum()));

        double[][] ByHead(Func<int, int, int, double> value) =>
            [.. layers.Select((heads, layer) => heads.Heads
                .Select((_, head) => Enumerable.Range(0, texts.Count).Average(text => value(text, layer, head))).ToArray())];
    }

    /// <summary>Mean over the rows, as a share of the entropy of equal weights.</summary>
    public static double EntropyOf(double[][] rows)
    {
        var tokens = rows.Length == 0 ? 0 : rows[0].Length;
        return tokens < 2 ? 0 : rows.Average(row => row.Sum(weight => weight > 0 ? -weight * Math.Log(weight) : 0)) / Math.Log(tokens);
    }
}

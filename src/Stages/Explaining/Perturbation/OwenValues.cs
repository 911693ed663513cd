namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>
/// Owen values (1977) over a tree of a text's parts, as SHAP's Partition explainer computes them: Shapley values in which the words of a
/// part
/// come one after the other. Parts that change the score most are looked into first; a part that is left when the variants are used up
/// spreads its value evenly over its words, so that the values always add up exactly.
/// </summary>
internal static class OwenValues
{
    public const int DefaultEvaluations = 500;

    // Parts looked into at once; it is part of the method, because what is looked into next depends on what is known.
    private const int PartsAtOnce = 16;

    /// <param name="evaluations">How many variants of the text may be asked for.</param>
    public static ShapleyResult Explain(int features, TokenTree tree, MaskedScores scores, int evaluations)
    {
        bool[][] masks = [ShapleyResult.Mask(features, false), ShapleyResult.Mask(features, true)];
        var ends = scores(masks);
        if (features < 2)
            return ShapleyResult.Trivial(features, ends[0], ends[1]);
        double[][] values = [.. ends[0].Select(_ => new double[features])];
        var (open, used, number) = (new PriorityQueue<Part, (double, long)>(), ends.Count, 0L);
        Add(new(tree, masks[0], ends[0], ends[1], 1));
        while (open.Count > 0 && used + 2 <= evaluations)
        {
            List<Part> parts = [];
            while (open.Count > 0 && parts.Count < PartsAtOnce && used + 2 <= evaluations)
            {
                parts.Add(open.Dequeue());
                used += 2;
            }
            var halves = parts.ConvertAll(part => part.Tree.Halves());
            List<bool[]> halfMasks = [.. parts.Zip(halves).SelectMany(pair =>
                new[] { With(pair.First.Without, pair.Second.Left), With(pair.First.Without, pair.Second.Right) })];
            var given = scores(halfMasks);
            for (var i = 0; i < parts.Count; i++)
            {
                var (part, (left, right)) = (parts[i], halves[i]);
                var (withLeft, withRight, weight) = (given[2 * i], given[(2 * i) + 1], part.Weight / 2);
                Add(new(left, part.Without, part.From, withLeft, weight));
                Add(new(left, halfMasks[(2 * i) + 1], withRight, part.To, weight));
                Add(new(right, part.Without, part.From, withRight, weight));
                Add(new(right, halfMasks[2 * i], withLeft, part.To, weight));
            }
        }
        foreach (var (part, _) in open.UnorderedItems.OrderBy(entry => entry.Priority))
            Spread(part, values);
        return new(values, ends[0], ends[1], used);

        void Add(Part part)
        {
            if (part.Tree.IsWord)
                Spread(part, values);
            else
                open.Enqueue(part, (-part.Weight * part.From.Zip(part.To, (from, to) => Math.Abs(to - from)).Max(), number++));
        }
    }

    private static void Spread(Part part, double[][] values)
    {
        for (var target = 0; target < values.Length; target++)
            for (var i = 0; i < part.Tree.Count; i++)
                values[target][part.Tree.First + i] += part.Weight * (part.To[target] - part.From[target]) / part.Tree.Count;
    }

    private static bool[] With(bool[] mask, TokenTree part)
    {
        var with = (bool[])mask.Clone();
        with.AsSpan(part.First, part.Count).Fill(true);
        return with;
    }

    /// <summary>A part of the text, and what is kept of the rest of it.</summary>
    /// <param name="Without">What is kept, without this part.</param>
    /// <param name="From">The scores of that.</param>
    /// <param name="To">The scores with the whole part.</param>
    /// <param name="Weight">Share of the orders in which the rest looks like this.</param>
    private sealed record Part(TokenTree Tree, bool[] Without, double[] From, double[] To, double Weight);
}

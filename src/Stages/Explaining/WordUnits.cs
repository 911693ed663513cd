namespace Pipelines.Stages.Explaining;

/// <summary>
/// The words of a text that tokens can be told apart by: usually its words and the signs that a model reads; words that one token covers
/// together are one.
/// </summary>
/// <param name="Places">Where they stand, in order; words that no token stands for are among them.</param>
/// <param name="OfToken">For each token its word; -1: it stands for nothing in the text.</param>
internal sealed record WordUnits(IReadOnlyList<TextSpan> Places, int[] OfToken)
{
    /// <param name="tokens">Where each token stands.</param>
    public static WordUnits Of(TextWords text, IReadOnlyList<TextSpan?> tokens)
    {
        List<(TextSpan Place, bool IsWord)> segments =
        [
            .. text.Words.Select(word => (word, true)).Concat(text.Signs.Select(sign => (sign, false)))
                .OrderBy(segment => segment.Item1.Start),
        ];
        // The first segment that each is joined with; -1: a sign that no token stands for.
        int[] first = [.. segments.Select((segment, i) => segment.IsWord ? i : -1)];
        var reach = tokens.Select(token => token is { } place ? Covered(segments, place) : (First: 0, Count: 0)).ToArray();
        foreach (var (start, count) in reach.OrderBy(covered => covered.First))
            for (var i = start; i < start + count; i++)
                first[i] = i == start ? (first[i] < 0 ? i : first[i]) : first[start];
        List<TextSpan> places = [];
        var unit = new int[segments.Count];
        for (var i = 0; i < segments.Count; i++)
        {
            if (first[i] < 0)
                continue;
            if (first[i] == i)
                places.Add(segments[i].Place);
            else
                places[^1] = TextSpan.Between(places[^1].Start, segments[i].Place.End);
            unit[i] = places.Count - 1;
        }
        return new(places, Array.ConvertAll(reach, covered => covered.Count == 0 ? -1 : unit[covered.First]));
    }

    /// <summary>Scores of tokens added up by word, and what belongs to none.</summary>
    public (double[] Scores, double Outside) Sum(IReadOnlyList<double> scores)
    {
        var (sums, outside) = (new double[Places.Count], 0.0);
        for (var i = 0; i < OfToken.Length; i++)
            if (OfToken[i] < 0)
                outside += scores[i];
            else
                sums[OfToken[i]] += scores[i];
        return (sums, outside);
    }

    /// <summary>The words that a token reaches into; where there is none, the signs.</summary>
    private static (int First, int Count) Covered(List<(TextSpan Place, bool IsWord)> segments, TextSpan token)
    {
        // The first segment that ends behind the start of the token.
        var (low, high) = (0, segments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = segments[middle].Place.End > token.Start ? (low, middle) : (middle + 1, high);
        }
        var count = 0;
        while (low + count < segments.Count && segments[low + count].Place.Start < token.End)
            count++;
        return (low, count);
    }
}

namespace Pipelines.Stages.Text.Vectors;

/// <summary>How near words are: the cosine of the angle between their vectors.</summary>
internal sealed class Nearness
{
    // Of length 1, so that a product is a cosine; a vector of zeros stays one, near to nothing.
    private readonly float[] _directions;

    public Nearness(WordVectors vectors)
    {
        (Vectors, _directions) = (vectors, [.. vectors.Values]);
        for (var place = 0; place < vectors.Words.Count; place++)
            Normalize(Direction(place));
    }

    public WordVectors Vectors { get; }

    public double Similarity(string word, string other) => Dot(Direction(Vectors.PlaceOf(word)), Direction(Vectors.PlaceOf(other)));

    /// <summary>The nearest other words, nearest first.</summary>
    public IReadOnlyList<(string Word, double Similarity)> Nearest(string word, int count) =>
        Nearest(Direction(Vectors.PlaceOf(word)), [word], count);

    /// <summary>What is to the third word as the second is to the first: nearest to second - first + third.</summary>
    public IReadOnlyList<(string Word, double Similarity)> Analogy(string first, string second, string third, int count)
    {
        var wanted = new float[Vectors.Width];
        for (var d = 0; d < wanted.Length; d++)
            wanted[d] = Direction(Vectors.PlaceOf(second))[d] - Direction(Vectors.PlaceOf(first))[d]
                + Direction(Vectors.PlaceOf(third))[d];
        Normalize(wanted);
        return Nearest(wanted, [first, second, third], count);
    }

    private (string Word, double Similarity)[] Nearest(ReadOnlySpan<float> direction, string[] without, int count)
    {
        var similarities = new double[Vectors.Words.Count];
        for (var place = 0; place < similarities.Length; place++)
            similarities[place] = Dot(direction, Direction(place));
        return [.. Enumerable.Range(0, similarities.Length).Where(place => !without.Contains(Vectors.Words[place]))
            .OrderByDescending(place => similarities[place]).ThenBy(place => place).Take(count)
            .Select(place => (Vectors.Words[place], similarities[place]))];
    }

    private Span<float> Direction(int place) => _directions.AsSpan(place * Vectors.Width, Vectors.Width);

    private static void Normalize(Span<float> vector)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        for (var d = 0; length > 0 && d < vector.Length; d++)
            vector[d] = (float)(vector[d] / length);
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++)
            sum += (double)a[d] * b[d];
        return sum;
    }
}

namespace Pipelines.Stages.Measures;

/// <summary>How well codes were spelt without knowing the true characters.</summary>
internal sealed class SequenceScores
{
    /// <summary>The lengths of prefixes that are compared.</summary>
    public const int Prefixes = 4;

    private static readonly double[] PositionWeights = [0.5, 0.25, 0.125, 0.125];

    private readonly long[] _prefixes = new long[Prefixes];
    private long _exact;
    private long _positions;
    private long _rightPositions;
    private double _weighted;

    public long Rows { get; private set; }

    public long Exact => _exact;

    /// <summary>Share of codes without a fault.</summary>
    public double ExactMatch => Share(_exact, Rows);

    /// <summary>Share of right characters, place by place, over the true code and its end.</summary>
    public double PositionalAccuracy => Share(_rightPositions, _positions);

    /// <summary>Mean of the places' weights 1/2, 1/4, 1/8, 1/8 where the character is right.</summary>
    public double WeightedPositionalAccuracy => Rows == 0 ? 0 : _weighted / Rows;

    /// <summary>Share of codes whose first <paramref name="length"/> characters are right.</summary>
    public double Prefix(int length) => Share(_prefixes[length - 1], Rows);

    public void Add(string truth, string predicted)
    {
        Rows++;
        _exact += truth == predicted ? 1 : 0;
        for (var length = 1; length <= Prefixes; length++)
            _prefixes[length - 1] += First(truth, length).SequenceEqual(First(predicted, length)) ? 1 : 0;
        for (var i = 0; i <= truth.Length; i++)
            _rightPositions += At(truth, i) == At(predicted, i) && i <= predicted.Length ? 1 : 0;
        _positions += truth.Length + 1;
        for (var i = 0; i < PositionWeights.Length; i++)
            _weighted += At(truth, i) == At(predicted, i) ? PositionWeights[i] : 0;
    }

    private static ReadOnlySpan<char> First(string code, int length) => code.AsSpan(0, Math.Min(length, code.Length));

    /// <summary>The character at a place, the end sign (0) after the last.</summary>
    private static char At(string code, int place) => place < code.Length ? code[place] : '\0';

    private static double Share(long part, long whole) => whole == 0 ? 0 : part / (double)whole;
}

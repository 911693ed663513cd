using System.Diagnostics;
using System.Numerics;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>Whose shuffle to repeat, so that a split made elsewhere can be made again here.</summary>
public enum ShuffleMethod
{
    /// <summary><c>random.seed(seed); random.shuffle(rows)</c></summary>
    Python,

    /// <summary><c>numpy.random.RandomState(seed).permutation(n)</c>, as pandas' <c>sample(frac=1)</c> and scikit-learn use it.</summary>
    Numpy,

    /// <summary>Rows stay in file order, as Keras' <c>validation_split</c> takes them.</summary>
    None,
}

/// <summary>Shuffles that give the same order as Python's and NumPy's, bit for bit.</summary>
internal sealed class Shuffle
{
    private readonly Func<uint, uint> _below;

    private Shuffle(Func<uint, uint> below) => _below = below;

    public static Shuffle Of(ShuffleMethod method, uint seed) => method switch
    {
        ShuffleMethod.Python => Python(MersenneTwister.SeededByArray([seed])),
        ShuffleMethod.Numpy => Numpy(MersenneTwister.Seeded(seed)),
        ShuffleMethod.None => new(_ => throw new InvalidOperationException("rows in file order need no random numbers")),
        _ => throw new UnreachableException(),
    };

    /// <summary>Positions 0 … n − 1 in shuffled order (Fisher and Yates from the end, as both do).</summary>
    public int[] Permutation(int count)
    {
        int[] positions = [.. Enumerable.Range(0, count)];
        for (var i = count - 1; i > 0; i--)
        {
            var j = _below((uint)i);
            (positions[i], positions[j]) = (positions[j], positions[i]);
        }
        return positions;
    }

    // Python draws the bits of n = i + 1 from the top of a word until the number is below n.
    private static Shuffle Python(MersenneTwister twister) => new(last =>
    {
        var bits = 32 - BitOperations.LeadingZeroCount(last + 1);
        uint drawn;
        do
            drawn = twister.NextUInt32() >> (32 - bits);
        while (drawn > last);
        return drawn;
    });

    // NumPy masks the low bits until the number is at most i.
    private static Shuffle Numpy(MersenneTwister twister) => new(last =>
    {
        var mask = BitOperations.RoundUpToPowerOf2(last + 1) - 1;
        uint drawn;
        do
            drawn = twister.NextUInt32() & mask;
        while (drawn > last);
        return drawn;
    });
}

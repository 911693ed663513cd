namespace Pipelines.Stages.Text.Splitting;

/// <summary>MT19937 (Matsumoto and Nishimura 1998), the generator under Python's <c>random</c> and NumPy's <c>RandomState</c>.</summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    private MersenneTwister()
    {
    }

    /// <summary>As NumPy seeds: <c>init_genrand</c>.</summary>
    public static MersenneTwister Seeded(uint seed)
    {
        var twister = new MersenneTwister();
        twister.Initialize(seed);
        return twister;
    }

    /// <summary>As Python seeds: <c>init_by_array</c> with the 32-bit digits of the seed, lowest first.</summary>
    public static MersenneTwister SeededByArray(ReadOnlySpan<uint> key)
    {
        var twister = new MersenneTwister();
        twister.Initialize(19650218);
        twister.Mix(key);
        return twister;
    }

    public uint NextUInt32()
    {
        if (_next == Size)
            Twist();
        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>In [0, 1) with 53 random bits.</summary>
    public double NextDouble() => ((NextUInt32() >> 5) * 67108864.0 + (NextUInt32() >> 6)) / 9007199254740992.0;

    private void Initialize(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Size; i++)
            _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    private void Mix(ReadOnlySpan<uint> key)
    {
        int i = 1, j = 0;
        for (var k = Math.Max(Size, key.Length); k > 0; k--)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1664525)) + key[j] + (uint)j;
            i = Advance(i);
            j = (j + 1) % key.Length;
        }
        for (var k = Size - 1; k > 0; k--)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1566083941)) - (uint)i;
            i = Advance(i);
        }
        _state[0] = 0x80000000;
    }

    private int Advance(int i)
    {
        if (i + 1 < Size)
            return i + 1;
        _state[0] = _state[Size - 1];
        return 1;
    }

    private void Twist()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        _next = 0;
    }
}

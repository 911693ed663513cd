using System.Buffers.Binary;

namespace Microsoft.ML.Tokenizers;

/// <summary>
/// Replacements of byte sequences, stored as SentencePiece does: size of a double-array trie, the trie (darts-clone units of 32 bits),
/// then the replacements, each ended by a zero.
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] _units;
    private readonly byte[] _replacements;

    public CharacterMap(byte[] blob)
    {
        if (blob.Length == 0)
        {
            (_units, _replacements) = ([], []);
            return;
        }
        var size = blob.Length > 4 ? (int)BinaryPrimitives.ReadUInt32LittleEndian(blob) : blob.Length;
        if (size >= blob.Length - 4)
            throw new ArgumentException("Trie data size exceeds the input blob size.");
        _units = new uint[size / 4];
        for (var i = 0; i < _units.Length; i++)
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(4 + (4 * i)));
        _replacements = blob[(4 + size)..];
    }

    /// <summary>The length of the longest sequence at the start of the input that is replaced, 0 for none.</summary>
    public int Longest(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> replacement)
    {
        replacement = default;
        var length = 0;
        if (_units.Length == 0)
            return 0;
        var node = Offset(_units[0]);
        for (var i = 0; i < input.Length; i++)
        {
            node ^= input[i];
            if (node >= _units.Length || Label(_units[node]) != input[i])
                break;
            var unit = _units[node];
            node ^= Offset(unit);
            if (!HasLeaf(unit))
                continue;
            length = i + 1;
            var start = (int)(_units[node] & 0x7FFFFFFF);
            replacement = _replacements.AsSpan(start, _replacements.AsSpan(start).IndexOf((byte)0));
        }
        return length;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1 << 9)) >> 6);

    private static uint Label(uint unit) => unit & 0x800000FF;

    private static bool HasLeaf(uint unit) => ((unit >> 8) & 1) == 1;
}

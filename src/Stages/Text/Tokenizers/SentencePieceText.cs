using System.Buffers.Binary;
using System.Text;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>
/// A text as a SentencePiece model reads it (sentencepiece, normalizer.cc): characters mapped by the model's rules, single spaces
/// written <c>▁</c>, one in
/// front. The package leaves rules out in one case and never returns in another, so it is given the finished text.
/// </summary>
internal sealed class SentencePieceText
{
    private static readonly byte[] Space = " "u8.ToArray();
    private static readonly byte[] SpaceSign = "▁"u8.ToArray();

    private readonly SentencePieceFile _model;
    private readonly uint[] _trie;
    private readonly byte[] _mapped;
    private readonly ILookup<byte, byte[]> _userDefined;

    /// <exception cref="ArgumentException">The map is cut short.</exception>
    public SentencePieceText(SentencePieceFile model)
    {
        _model = model;
        _userDefined = model.UserDefined.Where(text => text.Length > 0).OrderByDescending(text => text.Length).ToLookup(text => text[0]);
        (_trie, _mapped) = model.CharacterMap.Length == 0 ? ([], []) : Decompiled(model.CharacterMap);
    }

    public string Of(string text)
    {
        var input = Encoding.UTF8.GetBytes(text).AsSpan();
        var result = new List<byte>(input.Length + 8);
        var space = _model.EscapesSpaces ? SpaceSign : Space;
        if (_model.RemovesExtraSpaces)
            while (!input.IsEmpty && Mapped(input, out var length).SequenceEqual(Space))
                input = input[length..];
        if (input.IsEmpty)
            return "";

        if (_model is { AddsDummyPrefix: true, HasSpaceAsSuffix: false })
            result.AddRange(space);
        var isAfterSpace = _model.RemovesExtraSpaces;
        while (!input.IsEmpty)
        {
            var part = Mapped(input, out var length);
            if (isAfterSpace)
                part = part.TrimStart(Space);
            foreach (var unit in part)
                if (unit == ' ')
                    result.AddRange(space);
                else
                    result.Add(unit);
            if (!part.IsEmpty)
                isAfterSpace = _model.RemovesExtraSpaces && part[^1] == ' ';
            input = input[length..];
        }
        if (_model.RemovesExtraSpaces)
            RemoveAtEnd(result, space);
        if (_model is { AddsDummyPrefix: true, HasSpaceAsSuffix: true })
            result.AddRange(space);
        return Encoding.UTF8.GetString([.. result]);
    }

    /// <summary>What the longest rule, else the first character, at the start of a text becomes.</summary>
    private ReadOnlySpan<byte> Mapped(ReadOnlySpan<byte> text, out int length)
    {
        foreach (var symbol in _userDefined[text[0]])
            if (text.StartsWith(symbol))
                return text[..(length = symbol.Length)];
        if (Longest(text, out length) is { } start)
        {
            var mapped = _mapped.AsSpan(start);
            return mapped[..(mapped.IndexOf((byte)0) is >= 0 and var end ? end : mapped.Length)];
        }
        Rune.DecodeFromUtf8(text, out _, out length);
        return text[..length];
    }

    // The trie is Darts-clone's: a unit holds a label, whether a value follows, and the offset of its children.
    private int? Longest(ReadOnlySpan<byte> text, out int length)
    {
        (int? value, length) = (null, 0);
        if (_trie.Length == 0)
            return null;
        var node = Offset(_trie[0]);
        for (var i = 0; i < text.Length; i++)
        {
            node ^= text[i];
            if (node >= _trie.Length || (_trie[node] & 0x800000FF) != text[i])
                break;
            var unit = _trie[node];
            node ^= Offset(unit);
            if ((unit >> 8 & 1) == 1 && node < _trie.Length && (_trie[node] & 0x7FFFFFFF) is var start && start < _mapped.Length)
                (value, length) = ((int)start, i + 1);
        }
        return value;
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 0x200) >> 6);

    private static void RemoveAtEnd(List<byte> text, byte[] space)
    {
        while (text.Count >= space.Length && space.AsSpan()
            .SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(text)[^space.Length..]))
            text.RemoveRange(text.Count - space.Length, space.Length);
    }

    // Its length in bytes, the trie, then the mapped texts, each ended by a zero.
    private static (uint[] Trie, byte[] Mapped) Decompiled(byte[] map)
    {
        if (map.Length < sizeof(uint)
            || BinaryPrimitives.ReadUInt32LittleEndian(map) is var size && (size > map.Length - sizeof(uint) || size % sizeof(uint) != 0))
            throw new ArgumentException("The rules of its normalization are cut short.");
        var trie = new uint[BinaryPrimitives.ReadUInt32LittleEndian(map) / sizeof(uint)];
        for (var i = 0; i < trie.Length; i++)
            trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(map.AsSpan((i + 1) * sizeof(uint)));
        return (trie, map[((trie.Length + 1) * sizeof(uint))..]);
    }
}

using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>As SentencePiece prepares texts: characters mapped, spaces joined and written <c>▁</c>, one put in front.</summary>
public sealed class SentencePieceNormalizer : Normalizer
{
    private const byte Space = (byte)' ';

    private static readonly byte[] Escape = [0xE2, 0x96, 0x81];
    private static readonly byte[] Replacement = [0xEF, 0xBF, 0xBD];

    private readonly CharacterMap _map;

    internal SentencePieceNormalizer(ModelFile model)
    {
        _map = new(model.CharacterMap);
        RemoveExtraWhiteSpaces = model.RemoveExtraWhitespaces;
        AddDummyPrefix = model.AddDummyPrefix;
        EscapeWhiteSpaces = model.EscapeWhitespaces;
        TreatWhitespaceAsSuffix = model.TreatWhitespaceAsSuffix;
    }

    public bool RemoveExtraWhiteSpaces { get; }

    public bool AddDummyPrefix { get; }

    public bool EscapeWhiteSpaces { get; }

    public bool TreatWhitespaceAsSuffix { get; }

    public override string Normalize(string original) => Encoding.UTF8.GetString(NormalizeBytes(Encoding.UTF8.GetBytes(original)));

    public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());

    internal byte[] NormalizeBytes(ReadOnlySpan<byte> input)
    {
        var mapped = Map(input);
        if (mapped.TrueForAll(letter => letter == Space) && RemoveExtraWhiteSpaces)
            return [];
        var normalized = new List<byte>(mapped.Count + Escape.Length);
        if (AddDummyPrefix && !TreatWhitespaceAsSuffix)
            AddSpace(normalized);
        foreach (var letter in RemoveExtraWhiteSpaces ? Joined(mapped) : mapped)
            if (letter == Space)
                AddSpace(normalized);
            else
                normalized.Add(letter);
        if (AddDummyPrefix && TreatWhitespaceAsSuffix)
            AddSpace(normalized);
        return [.. normalized];
    }

    private List<byte> Map(ReadOnlySpan<byte> input)
    {
        var mapped = new List<byte>(input.Length);
        while (!input.IsEmpty)
        {
            var length = _map.Longest(input, out var replacement);
            if (length == 0)
            {
                var isValid = Rune.DecodeFromUtf8(input, out _, out length) == System.Buffers.OperationStatus.Done;
                length = isValid ? length : 1;
                replacement = isValid ? input[..length] : Replacement;
            }
            mapped.AddRange(replacement);
            input = input[length..];
        }
        return mapped;
    }

    // No space at the ends, never two in a row.
    private static List<byte> Joined(List<byte> bytes)
    {
        var joined = new List<byte>(bytes.Count);
        foreach (var letter in bytes)
            if (letter != Space || (joined.Count > 0 && joined[^1] != Space))
                joined.Add(letter);
        if (joined[^1] == Space)
            joined.RemoveAt(joined.Count - 1);
        return joined;
    }

    private void AddSpace(List<byte> text)
    {
        if (EscapeWhiteSpaces)
            text.AddRange(Escape);
        else
            text.Add(Space);
    }
}

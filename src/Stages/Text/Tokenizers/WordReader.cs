namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>Reads a text word by word without making strings; a word is good until the next is read.</summary>
/// <param name="buffer">At least as long as the text.</param>
internal ref struct WordReader(ReadOnlySpan<char> text, WordRules rules, Span<char> buffer)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _buffer = buffer;
    private int _position;

    public bool Read(out ReadOnlySpan<char> word)
    {
        while (_position < _text.Length)
        {
            word = _buffer[..Fill()];
            if (!word.IsEmpty)
                return true;
        }
        word = default;
        return false;
    }

    private int Fill()
    {
        var length = 0;
        while (_position < _text.Length)
        {
            var letter = _text[_position++];
            if (char.IsWhiteSpace(letter))
                return length;
            if (rules.Apostrophes == Apostrophes.French && FrenchElision.IsApostrophe(letter) && IsInner(length))
            {
                _buffer[length++] = '\'';
                if (FrenchElision.IsElided(_buffer[..(length - 1)]))
                    return length;
            }
            else if (!rules.Touches(letter) || rules.Punctuation == Punctuation.Keep)
                _buffer[length++] = rules.Lower ? char.ToLowerInvariant(letter) : letter;
            else if (rules.Punctuation == Punctuation.Space)
                return length;
        }
        return length;
    }

    private readonly bool IsInner(int length) =>
        length > 0 && char.IsLetter(_buffer[length - 1]) && _position < _text.Length && char.IsLetter(_text[_position]);
}

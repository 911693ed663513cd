namespace Pipelines.Runner.Planning;

/// <summary>A word, quoted text or sign of a condition.</summary>
/// <param name="Text">Without quotes; empty at the end.</param>
internal readonly record struct ConditionToken(string Text, bool IsQuoted, int Start, int Length)
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">"];

    public bool IsEnd => Length == 0;

    public bool IsSign => !IsQuoted && Signs.Contains(Text);

    /// <summary>Something that can be compared; not a word of the language.</summary>
    public bool IsValue => IsQuoted || (!IsEnd && !IsSign && Text is not ("and" or "or" or "not" or "=") && Text[0] is not ('\'' or '"'));

    public bool Is(string word) => !IsQuoted && Text == word;

    /// <summary>All tokens, an empty one last. A quote without its end reaches to the end of the text.</summary>
    public static List<ConditionToken> In(string text)
    {
        List<ConditionToken> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var token = At(text, at);
            tokens.Add(token);
            at += token.Length;
        }
        tokens.Add(new("", IsQuoted: false, text.Length, 0));
        return tokens;
    }

    private static ConditionToken At(string text, int at)
    {
        if (text[at] is '\'' or '"' && text.IndexOf(text[at], at + 1) is var end and > 0)
            return new(text[(at + 1)..end], IsQuoted: true, at, end + 1 - at);
        foreach (var sign in Signs)
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0)
                return new(sign, IsQuoted: false, at, sign.Length);
        var length = 1;
        while (at + length < text.Length && !char.IsWhiteSpace(text[at + length])
            && text[at + length] is not ('=' or '!' or '<' or '>' or '\'' or '"'))
            length++;
        return new(text.Substring(at, length), IsQuoted: false, at, length);
    }
}

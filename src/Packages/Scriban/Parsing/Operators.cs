namespace Scriban.Parsing;

/// <summary>Spelling of the operator tokens.</summary>
internal static class Operators
{
    private static readonly (string Text, TokenType Type)[] s_all =
    [
        (";", TokenType.SemiColon), (":", TokenType.Colon), ("@", TokenType.Arroba), ("^", TokenType.Caret), (",", TokenType.Comma),
        ("*=", TokenType.AsteriskEqual), ("*", TokenType.Asterisk),
        ("//=", TokenType.DoubleDivideEqual), ("//", TokenType.DoubleDivide), ("/=", TokenType.DivideEqual), ("/", TokenType.Divide),
        ("++", TokenType.DoublePlus), ("+=", TokenType.PlusEqual), ("+", TokenType.Plus),
        ("--", TokenType.DoubleMinus), ("-=", TokenType.MinusEqual), ("-", TokenType.Minus),
        ("%=", TokenType.PercentEqual), ("%", TokenType.Percent),
        ("&&", TokenType.DoubleAmp), ("&", TokenType.Amp),
        ("??", TokenType.DoubleQuestion), ("?.", TokenType.QuestionDot), ("?!", TokenType.QuestionExclamation), ("?", TokenType.Question),
        ("||", TokenType.DoubleVerticalBar), ("|>", TokenType.PipeGreater), ("|", TokenType.VerticalBar),
        ("..<", TokenType.DoubleDotLess), ("...", TokenType.TripleDot), ("..", TokenType.DoubleDot), (".", TokenType.Dot),
        ("!=", TokenType.ExclamationEqual), ("!", TokenType.Exclamation),
        ("==", TokenType.DoubleEqual), ("=", TokenType.Equal),
        ("<=", TokenType.LessEqual), ("<<", TokenType.DoubleLessThan), ("<", TokenType.Less),
        (">=", TokenType.GreaterEqual), (">>", TokenType.DoubleGreaterThan), (">", TokenType.Greater),
        ("(", TokenType.OpenParen), (")", TokenType.CloseParen), ("[", TokenType.OpenBracket), ("]", TokenType.CloseBracket),
    ];

    private static readonly (string Text, TokenType Type)[][] s_byFirstCharacter = IndexByFirstCharacter();

    /// <summary>The longest operator at <paramref name="offset"/>, or an empty text when there is none.</summary>
    public static (string Text, TokenType Type) At(string text, int offset)
    {
        var first = text[offset];
        if (first < 128)
        {
            foreach (var candidate in s_byFirstCharacter[first])
            {
                if (string.CompareOrdinal(text, offset, candidate.Text, 0, candidate.Text.Length) == 0)
                {
                    return candidate;
                }
            }
        }

        return (string.Empty, TokenType.Invalid);
    }

    /// <summary>How a token is named in a message.</summary>
    public static string Spell(TokenType type) => type switch
    {
        TokenType.OpenBrace => "{",
        TokenType.CloseBrace => "}",
        TokenType.OpenInterpolatedBrace => "{",
        TokenType.CloseInterpolatedBrace => "}",
        _ => Array.Find(s_all, pair => pair.Type == type).Text ?? type.ToString(),
    };

    private static (string Text, TokenType Type)[][] IndexByFirstCharacter()
    {
        var index = new (string Text, TokenType Type)[128][];
        for (var c = 0; c < index.Length; c++)
        {
            index[c] = [.. s_all.Where(pair => pair.Text[0] == c)];
        }

        return index;
    }
}

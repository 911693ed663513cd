using System.Globalization;
using System.Numerics;
using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    private ScriptLiteral ParseLiteral(Func<Token, object?> value)
    {
        var literal = Open(new ScriptLiteral(value(_current)));
        NextToken();
        return Close(literal);
    }

    private object? ParseInteger(Token token)
    {
        var text = TextOf(token).Replace("_", string.Empty, StringComparison.Ordinal);
        const NumberStyles styles = NumberStyles.Integer | NumberStyles.AllowExponent;
        if (long.TryParse(text, styles, CultureInfo.InvariantCulture, out var number))
        {
            return Runtime.Numbers.Fit(number);
        }

        // An exponent of a thousand digits is a text of its own length, one of a billion is not.
        if (text.Length - text.IndexOfAny(['e', 'E']) < 6 || !text.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            if (BigInteger.TryParse(text, styles, CultureInfo.InvariantCulture, out var big))
            {
                return big;
            }
        }

        LogError($"Unable to parse the integer {text}");
        return null;
    }

    private object? ParsePrefixedInteger(Token token)
    {
        var text = TextOf(token).Replace("_", string.Empty, StringComparison.Ordinal);
        var isUnsigned = text[^1] is 'u' or 'U';
        var digits = isUnsigned ? text[2..^1] : text[2..];
        var number = BigInteger.Parse("0" + digits, text[1] == 'x' ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
        if (number <= uint.MaxValue)
        {
            return isUnsigned ? (long)(uint)number : unchecked((int)(uint)number);
        }

        return number > ulong.MaxValue || isUnsigned ? number : unchecked((long)(ulong)number);
    }

    private object? ParseFloat(Token token)
    {
        var text = TextOf(token);
        var postfix = char.ToLowerInvariant(text[^1]);
        var digits = postfix is 'f' or 'd' or 'm' ? text[..^1] : text;
        var (style, culture) = (NumberStyles.Float, CultureInfo.InvariantCulture);
        if (postfix == 'f')
        {
            return float.TryParse(digits, style, culture, out var single) ? single : Unreadable("float");
        }

        if ((postfix == 'm' || _options.ParseFloatAsDecimal) && decimal.TryParse(digits, style, culture, out var number))
        {
            return number;
        }

        return postfix != 'm' && double.TryParse(digits, style, culture, out var real) ? real : Unreadable("double");

        object? Unreadable(string type)
        {
            LogError($"Unable to parse {type} value `{text}`");
            return null;
        }
    }

    private ScriptExpression ParseVariable()
    {
        var word = TextOf(_current);
        switch (word)
        {
            case "null":
                return ParseLiteral(_ => null);
            case "true":
                return ParseLiteral(_ => Runtime.Numbers.True);
            case "false":
                return ParseLiteral(_ => Runtime.Numbers.False);
            case "do":
                var function = ParseFunction(isAnonymous: true);
                return Close(OpenAt(function, new ScriptAnonymousFunction(function)));
            case "this":
                return Close(OpenWord(new ScriptThisExpression()));
        }

        var token = _current;
        var variable = Open(new ScriptVariable(word));
        NextToken();
        variable.Span = SpanOf(token);
        if (word.Length > 1 && word[0] == '$' && int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            var arguments = OpenAt(variable, new ScriptVariable("$"));
            return OpenAt(variable, new ScriptIndexerExpression(arguments, OpenAt(variable, new ScriptLiteral(index))));
        }

        if (word is "for" or "while" or "tablerow" && Is(TokenType.Dot))
        {
            CheckLoopVariable(token, word);
        }

        return variable;
    }

    private void CheckLoopVariable(Token token, string loop)
    {
        var next = PeekToken();
        if (next.Type != TokenType.Identifier)
        {
            LogError(SpanOf(token), $"Invalid token `{Shown()}`. The loop variable <{loop}> dot must be followed by an identifier");
            return;
        }

        var member = TextOf(next);
        switch (member)
        {
            case "first" or "even" or "odd" or "index":
            case "last" or "changed" or "length" or "rindex" when loop != "while":
            case "col" when loop == "tablerow":
                break;
            case "last" or "changed" or "length" or "rindex" or "col":
                LogError(SpanOf(token), $"The loop variable <{loop}.{member}> is invalid");
                break;
            default:
                LogError(SpanOf(token), $"The loop variable <{loop}.{member}> is not supported");
                break;
        }
    }

    private ScriptInterpolatedStringExpression ParseInterpolatedString()
    {
        var text = Open(new ScriptInterpolatedStringExpression());
        if (Is(TokenType.InterpolatedString))
        {
            text.Parts.Add(ParseInterpolatedPart());
            return Close(text);
        }

        text.Parts.Add(ParseInterpolatedPart());
        while (!Is(TokenType.EndingInterpolatedString))
        {
            if (ParseExpression(text) is not { } part)
            {
                return Close(text);
            }

            text.Parts.Add(part);
        }

        text.Parts.Add(ParseInterpolatedPart());
        return Close(text);
    }

    private ScriptLiteral ParseInterpolatedPart() => ParseLiteral(token =>
    {
        var begins = token.Type is TokenType.BeginInterpolatedString or TokenType.InterpolatedString;
        return EscapeSequence.Decode(_lexer.Text, token.Start.Offset + (begins ? 2 : 1), token.End.Offset, braceEscapes: true);
    });

    private ScriptNestedExpression ParseInterpolatedExpression()
    {
        var start = Open(new ScriptLiteral(null));
        NextToken();
        var inner = ExpectExpression(start) ?? start;
        if (Is(TokenType.CloseInterpolatedBrace))
        {
            NextToken();
        }
        else
        {
            LogError("Opened interpolated expression not closed on the same line.");
        }

        return Close(OpenAt(start, new ScriptNestedExpression(inner)));
    }
}

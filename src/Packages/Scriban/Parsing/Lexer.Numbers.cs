namespace Scriban.Parsing;

internal sealed partial class Lexer
{
    private Token ReadNumber()
    {
        var start = _cursor.Position;
        if (_cursor.Current == '0' && _cursor.Peek(1) is 'x' or 'b')
        {
            return ReadPrefixedNumber(start);
        }

        var end = ReadDigits(underscores: true);
        var isFloat = false;
        if (_cursor.Current == '.' && StartsFraction(_cursor.Peek(1)))
        {
            isFloat = true;
            end = _cursor.Advance();
            end = char.IsDigit(_cursor.Current) ? ReadDigits(underscores: false) : end;
        }

        if (_cursor.Current is 'e' or 'E')
        {
            _cursor.Advance();
            if (_cursor.Current is '+' or '-')
            {
                _cursor.Advance();
            }

            if (!char.IsDigit(_cursor.Current))
            {
                return Fail("Expecting at least one digit after the exponent", _cursor.Position, _cursor.Position);
            }

            end = ReadDigits(underscores: false);
        }

        if (IsPostfix(_cursor.Current) && !IsIdentifierLetter(_cursor.Peek(1)))
        {
            isFloat = true;
            end = _cursor.Advance();
        }

        return new Token(isFloat ? TokenType.Float : TokenType.Integer, start, end);
    }

    private TextPosition ReadDigits(bool underscores)
    {
        var end = _cursor.Advance();
        while (char.IsDigit(_cursor.Current) || (underscores && _cursor.Current == '_'))
        {
            end = _cursor.Advance();
        }

        return end;
    }

    // `1..3` is a range and `1.method` a member; everything else behind the dot belongs to the number.
    private static bool StartsFraction(char c) => c != '.' && (!char.IsLetter(c) || c is 'e' or 'E' || IsPostfix(c));

    private static bool IsPostfix(char c) => c is 'f' or 'F' or 'd' or 'D' or 'm' or 'M';

    private Token ReadPrefixedNumber(TextPosition start)
    {
        var hexadecimal = _cursor.Peek(1) == 'x';
        var end = _cursor.Advance(2);
        var digits = 0;
        while (_cursor.Current == '_' || (hexadecimal ? char.IsAsciiHexDigit(_cursor.Current) : _cursor.Current is '0' or '1'))
        {
            digits += _cursor.Current == '_' ? 0 : 1;
            end = _cursor.Advance();
        }

        if (digits == 0)
        {
            return Fail($"Invalid {(hexadecimal ? "hex" : "binary")} number, expecting at least a {(hexadecimal ? "hex digit [0-9a-fA-F]" : "digit 0 or 1")} after 0{(hexadecimal ? 'x' : 'b')}", start, end);
        }

        if (_cursor.Current is 'u' or 'U')
        {
            end = _cursor.Advance();
        }

        return new Token(hexadecimal ? TokenType.HexaInteger : TokenType.BinaryInteger, start, end);
    }
}

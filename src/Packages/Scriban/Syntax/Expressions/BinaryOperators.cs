using Scriban.Parsing;

namespace Scriban.Syntax;

/// <summary>Spelling and precedence of the binary operators.</summary>
internal static class BinaryOperators
{
    private static readonly Dictionary<TokenType, (ScriptBinaryOperator Operator, int Precedence)> s_byToken = new()
    {
        [TokenType.DoubleQuestion] = (ScriptBinaryOperator.EmptyCoalescing, 20),
        [TokenType.QuestionExclamation] = (ScriptBinaryOperator.NotEmptyCoalescing, 20),
        [TokenType.DoubleVerticalBar] = (ScriptBinaryOperator.Or, 30),
        [TokenType.DoubleAmp] = (ScriptBinaryOperator.And, 40),
        [TokenType.DoubleEqual] = (ScriptBinaryOperator.CompareEqual, 70),
        [TokenType.ExclamationEqual] = (ScriptBinaryOperator.CompareNotEqual, 70),
        [TokenType.Less] = (ScriptBinaryOperator.CompareLess, 80),
        [TokenType.LessEqual] = (ScriptBinaryOperator.CompareLessOrEqual, 80),
        [TokenType.Greater] = (ScriptBinaryOperator.CompareGreater, 80),
        [TokenType.GreaterEqual] = (ScriptBinaryOperator.CompareGreaterOrEqual, 80),
        [TokenType.Plus] = (ScriptBinaryOperator.Add, 100),
        [TokenType.Minus] = (ScriptBinaryOperator.Subtract, 100),
        [TokenType.Asterisk] = (ScriptBinaryOperator.Multiply, 110),
        [TokenType.Divide] = (ScriptBinaryOperator.Divide, 110),
        [TokenType.DoubleDivide] = (ScriptBinaryOperator.DivideRound, 110),
        [TokenType.Percent] = (ScriptBinaryOperator.Modulus, 110),
        [TokenType.DoubleLessThan] = (ScriptBinaryOperator.ShiftLeft, 110),
        [TokenType.DoubleGreaterThan] = (ScriptBinaryOperator.ShiftRight, 110),
        [TokenType.DoubleDot] = (ScriptBinaryOperator.RangeInclude, 130),
        [TokenType.DoubleDotLess] = (ScriptBinaryOperator.RangeExclude, 130),
    };

    public static bool TryGet(TokenType token, out ScriptBinaryOperator op, out int precedence)
    {
        var found = s_byToken.TryGetValue(token, out var entry);
        (op, precedence) = entry;
        return found;
    }

    public static string Spell(ScriptBinaryOperator op) => Operators.Spell(s_byToken.First(pair => pair.Value.Operator == op).Key);
}

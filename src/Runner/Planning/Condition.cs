using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Decides an <c>if</c>: <c>or</c> of <c>and</c> of <c>not</c> of a truth value or one comparison. Both sides numbers: compared as numbers;
/// otherwise as texts, which have no order. All of it is checked, also what no longer matters for the result.
/// </summary>
internal sealed class Condition
{
    private readonly YamlScalar _written;
    private readonly List<ConditionToken> _tokens;
    private readonly ICollection<Diagnostic> _diagnostics;
    private int _at;
    private bool _failed;

    private Condition(YamlScalar written, ICollection<Diagnostic> diagnostics)
    {
        _written = written;
        _tokens = ConditionToken.In(written.Text);
        _diagnostics = diagnostics;
    }

    /// <summary>True also where something is wrong, which is reported once.</summary>
    public static bool IsTrue(YamlNode condition, ICollection<Diagnostic> diagnostics)
    {
        if (condition.IsUnresolved)
            return true;
        if (condition is YamlScalar { Text.Length: > 0 } scalar)
            return new Condition(scalar, diagnostics).Whole();
        diagnostics.Add(Diagnostics.NoCondition(condition));
        return true;
    }

    private ConditionToken Next => _tokens[_at];

    private bool Whole()
    {
        var truth = Or();
        if (!Next.IsEnd)
            Fail(Next, "'and' or 'or'");
        return truth || _failed;
    }

    private bool Or()
    {
        var truth = And();
        while (Take("or"))
            truth |= And();
        return truth;
    }

    private bool And()
    {
        var truth = Not();
        while (Take("and"))
            truth &= Not();
        return truth;
    }

    private bool Not()
    {
        var isNegated = false;
        while (Take("not"))
            isNegated = !isNegated;
        return Comparison() != isNegated;
    }

    private bool Comparison()
    {
        if (Value() is not { } left)
            return true;
        if (Next.Is("="))
            Fail(Next, "'=='");
        if (!Next.IsSign)
            return _failed || Truth(left);
        var sign = _tokens[_at++];
        return Value() is not { } right || Compare(left, sign, right);
    }

    private bool Compare(ConditionToken left, ConditionToken sign, ConditionToken right)
    {
        var isNumber = (Left: CoreSchema.TryNumber(left.Text, out var a), Right: CoreSchema.TryNumber(right.Text, out var b));
        if (sign.Text is "==" or "!=")
            return (isNumber is (true, true) ? a == b : SameText(left.Text, right.Text)) == (sign.Text == "==");
        if (isNumber is not (true, true))
        {
            var odd = isNumber.Left ? right : left;
            Report(Diagnostics.ConditionNumber(_written, PlaceOf(odd), sign.Text, odd.Text));
            return true;
        }
        return sign.Text switch
        {
            "<" => a < b,
            "<=" => a <= b,
            ">" => a > b,
            _ => a >= b,
        };
    }

    private static bool SameText(string a, string b) =>
        CoreSchema.TryBoolean(a, out var first) && CoreSchema.TryBoolean(b, out var second) ? first == second : a == b;

    private bool Truth(ConditionToken value)
    {
        if (CoreSchema.TryBoolean(value.Text, out var truth))
            return truth;
        Report(Diagnostics.ConditionWord(_written, PlaceOf(value), value.Text));
        return true;
    }

    private ConditionToken? Value()
    {
        if (Next.IsValue)
            return _tokens[_at++];
        Fail(Next, "a value");
        return null;
    }

    private bool Take(string word)
    {
        if (!Next.Is(word))
            return false;
        _at++;
        return true;
    }

    private void Fail(ConditionToken token, string expected)
    {
        Report(Diagnostics.ConditionSyntax(_written, PlaceOf(token), expected, token.Text));
        // What follows a syntax error cannot be understood: go to the end.
        _at = _tokens.Count - 1;
    }

    private SourceSpan PlaceOf(ConditionToken token) => _written.PlaceOf(token.Start, token.Length);

    private void Report(Diagnostic diagnostic)
    {
        if (!_failed)
            _diagnostics.Add(diagnostic);
        _failed = true;
    }
}

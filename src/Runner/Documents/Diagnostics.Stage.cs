namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic NoCondition(YamlNode found) =>
        Error("bad-condition", $"'if' is true, false or a comparison, but this is {found.Described}.", found, "e.g. true, \"${quick}\", \"${epochs} > 3 and not ${quick}\"");

    public static Diagnostic ConditionWord(YamlScalar condition, SourceSpan at, string word) =>
        Error("bad-condition", $"{Quoted.Short(word)} is neither true nor false.", at, HelpFor(word), condition.Through);

    public static Diagnostic ConditionNumber(YamlScalar condition, SourceSpan at, string comparison, string word) =>
        Error("bad-condition", $"'{comparison}' compares numbers, but {Quoted.Short(word)} is none.", at, "texts are compared with == and !=", condition.Through);

    public static Diagnostic ConditionSyntax(YamlScalar condition, SourceSpan at, string expected, string found) =>
        Error("bad-condition", $"The condition needs {expected}, but here is {(found.Length == 0 ? "its end" : Quoted.Short(found))}.", at,
            "a condition is made of values, ==, !=, <, <=, >, >=, and, or, not", condition.Through);

    public static Diagnostic NeedsLeftOut(YamlScalar source, string stage, string port, YamlNode condition) =>
        Error("needs-left-out", $"'{stage}' needs {Quoted.Short(source.Text)} at '{port}', but that stage is left out.", source.At,
            $"give '{stage}' the same 'if', or another source", [new("this 'if' is false", condition.At), .. condition.Through, .. source.Through]);

    public static Diagnostic NothingLeft(YamlNode condition) =>
        Error("no-stages", "Every stage of the pipeline is left out.", condition.At, "at least one stage needs no 'if', or one that is true", condition.Through);

    public static Diagnostic LeftOutSelection(SourceSpan at, string id, SourceSpan condition) =>
        Error("left-out", $"The stage {Quoted.Short(id)} is left out.", at, null, [new("its 'if' is false", condition)]);

    private static string? HelpFor(string word) => word.ToLowerInvariant() switch
    {
        "yes" or "on" or "1" => "write true",
        "no" or "off" or "0" => "write false",
        "&&" => "write and",
        "||" => "write or",
        ['!', ..] => "write not",
        ['(', ..] => "a condition has no brackets: 'not' goes before 'and', 'and' before 'or'",
        _ => null,
    };

    public static Diagnostic BadRetries(YamlNode found, int most) =>
        Error("bad-retries", $"'retries' is a whole number from 0 to {most}, but this is {found.Described}.", found);

    public static Diagnostic BadTimeout(YamlNode found) =>
        Error("bad-timeout", $"'timeout' is a length of time of at most 30 days, but this is {found.Described}.", found, "write a number with a unit: 90s, 10m, 1.5h, 2d");
}

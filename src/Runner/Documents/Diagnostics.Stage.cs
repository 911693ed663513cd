namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic NoCondition(YamlNode found) =>
        Error("bad-condition", $"'if' is true, false or a comparison, but this is {found.Described}.", found,
            "e.g. true, \"${quick}\", \"${epochs} > 3 and not ${quick}\"");

    public static Diagnostic ConditionWord(YamlScalar condition, SourceSpan at, string word) =>
        Error("bad-condition", $"{Quoted.Short(word)} is neither true nor false.", at, HelpFor(word), condition.Through);

    public static Diagnostic ConditionNumber(YamlScalar condition, SourceSpan at, string comparison, string word) =>
        Error("bad-condition", $"'{comparison}' compares numbers, but {Quoted.Short(word)} is none.", at,
            "texts are compared with == and !=", condition.Through);

    public static Diagnostic ConditionSyntax(YamlScalar condition, SourceSpan at, string expected, string found) =>
        Error("bad-condition", $"The condition needs {expected}, but here is {(found.Length == 0 ? "its end" : Quoted.Short(found))}.", at,
            "a condition is made of values, ==, !=, <, <=, >, >=, and, or, not", condition.Through);

    public static Diagnostic NeedsLeftOut(YamlScalar source, string stage, string port, YamlNode condition) =>
        Error("needs-left-out", $"'{stage}' needs {Quoted.Short(source.Text)} at '{port}', but that stage is left out.", source.At,
            $"give '{stage}' the same 'if', or another source",
            [new("this 'if' is false", condition.At), .. condition.Through, .. source.Through]);

    public static Diagnostic NothingLeft(YamlNode condition) =>
        Error("no-stages", "Every stage of the pipeline is left out.", condition.At,
            "at least one stage needs no 'if', or one that is true", condition.Through);

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

    public static Diagnostic RunAndUses(YamlScalar run, YamlScalar uses) =>
        Error("run-and-uses", "A stage has 'uses' or 'run', not both.", run.At, "remove one of them", [new("'uses' is here", uses.At)]);

    public static Diagnostic OutputsWithoutRun(YamlScalar outputs) =>
        Error("outputs-without-run", "Only a stage with 'run' says what it gives; a kind has its own outputs.", outputs, "remove it");

    public static Diagnostic ChangesFolder(SourceSpan at) =>
        new("changes-folder", Severity.Warning,
            "The command goes to another folder: files it names from there are not noticed when they change.", at,
            "write paths from the project's root, or declare what it reads: with: { files: [folder/script.py] }");

    public static Diagnostic RunIsNoKind(YamlScalar uses) =>
        Error("run-is-no-kind", "A command is no kind.", uses, "write run: <command>, and outputs: { rows: table }");

    public static Diagnostic NoOutputs(YamlNode at, string stage) =>
        Error("missing-key", $"The stage '{stage}' does not say what its command gives.", at,
            "add outputs: { rows: table } or { scores: metrics }");

    public static Diagnostic BadPortName(YamlScalar name) =>
        Error("bad-port-name", $"{Quoted.Short(name.Text)} cannot name an input or output of a command.", name,
            name.Text == "summary"
                ? "every command has an output 'summary' already"
                : "a name starts with a letter a-z and has letters a-z, digits and '_' only");

    public static Diagnostic BadOutput(YamlNode found, string port) =>
        Error("bad-output", $"'outputs.{port}' is table, metrics or card, but this is {found.Described}.", found);

    public static Diagnostic UnknownPlace(YamlScalar command, SourceSpan at, string what, string? help) =>
        Error("unknown-place", $"The command has no {what}.", at, help, command.Through);

    public static Diagnostic OnlyTablesAreCsv(YamlScalar command, SourceSpan at, string port) =>
        Error("no-csv", $"Only a table can be CSV; '{port}' is none.", at, "remove '.csv'", command.Through);

    public static Diagnostic BadCost(YamlNode found) =>
        Error("bad-cost", $"'cost' is light or heavy, but this is {found.Described}.", found, "a heavy stage does not run with --light");

    public static Diagnostic BadOn(YamlNode found) =>
        Error("bad-on", $"'on' is local, but this is {found.Described}.", found,
            "leave it out: 'exec --on PROFILE' says where the other stages run");

    public static Diagnostic BadResource(YamlNode found, string key, string what, string example) =>
        Error("bad-resource", $"'{key}' is {what}, but this is {found.Described}.", found, $"e.g. {key}: {example}");

    public static Diagnostic BadRetries(YamlNode found, int max) =>
        Error("bad-retries", $"'retries' is a whole number from 0 to {max}, but this is {found.Described}.", found);

    public static Diagnostic BadTimeout(YamlNode found) =>
        Error("bad-timeout", $"'timeout' is a length of time of at most 30 days, but this is {found.Described}.", found,
            "write a number with a unit: 90s, 10m, 1.5h, 2d");
}

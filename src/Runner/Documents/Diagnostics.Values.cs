namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic BadVariableName(YamlScalar name) =>
        Error("bad-variable-name", $"{Quoted.Short(name.Text)} cannot name a variable.", name,
            "a name starts with a letter and has letters a-z, digits, '_' and '-' only");

    public static Diagnostic UnknownVariable(YamlScalar used, string name, IReadOnlyCollection<string> names) =>
        Error("unknown-variable", $"There is no variable {Quoted.Short(name)}.", used,
            Join(Nearest.Help(name, names, "variables"), "write $${…} for a plain ${…}"));

    public static Diagnostic ReservedVariable(YamlScalar name) =>
        Error("reserved-variable",
            $"{Quoted.Short(name.Text)} is what a stage's cell is called in '${{matrix.axis}}'; a variable needs another name.", name,
            null);

    /// <param name="key">Of the stage; null: it may stand there, but no matrix comes this far.</param>
    public static Diagnostic MatrixNotHere(YamlScalar used, string? key = null) =>
        Error("matrix-not-here", $"{Quoted.Short(used.Text)} has no value here.", used, key switch
        {
            "uses" => "give each kind a stage of its own; a stage after them takes one or the other with from: \"${matrix.axis}\"",
            null => "only the stage that has the matrix, and those after it, have cells; "
                + "under 'from' and in variables, only the stage itself",
            _ => "a cell has values of its own under with, from, run, seed, if, cost, timeout, retries and resources",
        });

    public static Diagnostic UnclosedVariable(YamlScalar used) =>
        Error("unclosed-variable", "'${' has no '}' after it.", used, "write \"${name}\", or $${ for a plain ${");

    public static Diagnostic VariableInText(YamlScalar used, string name, YamlNode value) =>
        Error("variable-in-text", $"The variable {Quoted.Short(name)} is {value.Described} and cannot stand inside a text.", used.At,
            "only a text or a number can; alone in its value, a variable may be anything",
            [new($"'{name}' is set here", value.At), .. used.Through]);

    public static Diagnostic VariableCycle(YamlScalar used, IReadOnlyList<string> chain) =>
        Error("variable-cycle", $"The variables refer to each other: {string.Join(" → ", chain)}.", used);

    public static Diagnostic VariablesTooLarge(YamlScalar used) =>
        Error("variables-too-large", "The variables spread to more than 5 million characters, or to 100 levels.", used,
            "variables that repeat each other grow very fast");

    public static Diagnostic UnusedVariable(string name, SourceSpan at) =>
        new("unused-variable", Severity.Warning, $"The variable {Quoted.Short(name)} is not used.", at,
            "use it as \"${" + name + "}\", or remove it");

    public static Diagnostic BadOverride(SourceSpan at, string form) =>
        Error("bad-override", $"This is not of the form {form}.", at);

    public static Diagnostic UnknownOverriddenVariable(SourceSpan at, string name, IReadOnlyCollection<string> names) =>
        Error("unknown-variable", $"The pipeline has no variable {Quoted.Short(name)}.", at,
            names.Count == 0 ? "it has no 'vars'; use --set to change another value" : Nearest.Help(name, names, "variables"));

    public static Diagnostic UnknownPath(
        SourceSpan at, string name, string where, IReadOnlyCollection<string> options, string whatTheyAre) =>
        Error("unknown-path", $"{where} has no {Quoted.Short(name)}.", at, Nearest.Help(name, options, whatTheyAre));

    public static Diagnostic PathThroughValue(SourceSpan at, string name, YamlNode value) =>
        Error("path-through-value", $"{Quoted.Short(name)} cannot be set inside {value.Described}.", at, null,
            [new("it is here", value.At)]);

    public static Diagnostic NoSuchItem(SourceSpan at, string index, YamlList list) =>
        Error("no-such-item", $"{Quoted.Short(index)} is no item of a list of {list.Items.Count}.", at,
            list.Items.Count == 0 ? null : $"items count from 0 to {list.Items.Count - 1}", [new("the list is here", list.At)]);

    private static string? Join(string? first, string second) => first is null ? second : $"{first}; {second}";
}

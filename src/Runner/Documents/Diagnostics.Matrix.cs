namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    public static Diagnostic BadAxisName(YamlScalar name) =>
        Error("bad-axis-name", $"{Quoted.Short(name.Text)} cannot name an axis of a matrix.", name,
            "a name starts with a letter and has letters a-z, digits, '_' and '-' only");

    public static Diagnostic BadAxis(YamlNode at, string axis) =>
        Error("bad-axis", $"The axis {Quoted.Short(axis)} needs values, but this is {at.Described}.", at,
            "write a list of texts or numbers, or a map of name: value for lists and maps");

    public static Diagnostic AxisValueTwice(YamlNode at, string axis, string value) =>
        Error("axis-value-twice", $"The axis {Quoted.Short(axis)} has the value {Quoted.Short(value)} twice.", at, "keep one of them");

    public static Diagnostic BadRange(YamlNode at, string axis, string why) =>
        Error("bad-range", $"The range of the axis {Quoted.Short(axis)} is wrong: {why}.", at,
            "write { from: 1e-4, to: 1e-1, scale: log }, or { from: 16, to: 64, step: 16 }");

    public static Diagnostic EmptyRange(YamlNode at, string axis, string from, string to) =>
        Error("empty-range", $"The range of the axis {Quoted.Short(axis)} has no values to draw: it goes from {from} to {to}.", at,
            "write the smaller end first; a single value is written as a list: [0.1]");

    public static Diagnostic RangeWithoutBudget(YamlNode at, string axis) =>
        Error("range-without-budget", $"The axis {Quoted.Short(axis)} is a range, but it is not said how many cells are drawn.", at,
            "add 'budget: 20' to the matrix, or a 'step' to the range");

    public static Diagnostic BadBudget(YamlNode at, int max) =>
        Error("bad-budget", $"A budget is a whole number from 1 to {max}, but this is {at.Described}.", at,
            "it says how many combinations are tried; axes named seed or fold repeat each of them");

    public static Diagnostic BadHalving(YamlNode at, string why) =>
        Error("bad-halving", $"The search cannot halve its cells: {why}.", at,
            "write halving: { metric: …, rungs: [1, 3], factor: 3 }");

    public static Diagnostic RungIdTaken(YamlNode at, string id) =>
        Error("rung-id-taken", $"The cells that stop early would be called {Quoted.Short(id)}, as another stage is.", at,
            "give that stage another id");

    public static Diagnostic FewerCellsThanBudget(YamlNode at, string stage, int count) =>
        Error("fewer-cells-than-budget", $"{Quoted.Short(stage)} has {count} different combinations only; all of them are tried.", at) with
        {
            Severity = Severity.Warning,
        };

    public static Diagnostic UnknownAxis(YamlScalar axis, IReadOnlyCollection<string> axes) =>
        Error("unknown-axis", $"The matrix has no axis {Quoted.Short(axis.Text)}.", axis, Nearest.Help(axis.Text, axes, "axes"));

    public static Diagnostic UnknownAxisValue(YamlNode value, string axis, IReadOnlyCollection<string> values) =>
        Error("unknown-axis-value", $"The axis {Quoted.Short(axis)} has no value like {value.Described}.", value,
            Nearest.Help((value as YamlScalar)?.Text ?? "", values, "values"));

    public static Diagnostic IncludeNeedsAxes(YamlNode item, IReadOnlyCollection<string> axes) =>
        Error("include-needs-axes", $"An included cell has a value for each of {Quoted.List(axes)}, and nothing else.", item, null);

    public static Diagnostic CellTwice(YamlNode item, string cell) =>
        Error("cell-twice", $"The cell {Quoted.Short(cell)} is there already.", item, "remove it from 'include'");

    public static Diagnostic NoCells(YamlNode matrix, string stage) =>
        Error("no-cells", $"'{stage}' has no cells.", matrix, "give an axis values, or leave out less by 'exclude' and 'if'");

    public static Diagnostic TooManyCells(YamlNode at, string stage, int max) =>
        Error("too-many-cells", $"'{stage}' has more than {max} cells.", at, "shorten an axis, or list the cells you want under 'include'");

    public static Diagnostic TooManyStages(YamlScalar stage, int max) =>
        Error("too-many-stages", $"With the cells of {Quoted.Short(stage.Text)} the pipeline has more than {max} stages.", stage,
            "gather cells, by a stage that chooses or compares, before going on");

    public static Diagnostic AxisAgain(YamlNode matrix, string stage, string axis, YamlScalar first) =>
        Error("axis-again", $"'{stage}' has the axis {Quoted.Short(axis)} already, from '{first.Text}'.", matrix.At,
            "give one of the two another name",
            [new("the other axis comes from here", first.At)]);

    public static Diagnostic SourcesOfOtherAxes(YamlScalar stage, IReadOnlyCollection<string> some, IReadOnlyCollection<string> others) =>
        Error("sources-of-other-axes",
            $"The sources of {Quoted.Short(stage.Text)} are repeated over different axes: {Axes(some)}, and {Axes(others)}.", stage,
            "sources between which a matrix chooses need the same axes");

    private static string Axes(IReadOnlyCollection<string> axes) => axes.Count == 0 ? "none" : Quoted.List(axes);

    public static Diagnostic NoCommonCell(YamlScalar stage, YamlScalar source) =>
        Error("no-common-cell",
            $"No cell of {Quoted.Short(source.Text)} agrees with the other inputs of {Quoted.Short(stage.Text)} on the axes they share.",
            source,
            "stages that meet go together where their axes of the same name have the same value");
}

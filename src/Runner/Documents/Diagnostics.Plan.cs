namespace Pipelines.Runner.Documents;

public static partial class Diagnostics
{
    // A longer cycle is not read stage by stage.
    private const int MaxPlaces = 20;

    public static Diagnostic UnknownKind(YamlScalar uses, IReadOnlyCollection<string> kinds) =>
        Error("unknown-kind", $"There is no stage kind {Quoted.Short(uses.Text)}.", uses,
            Nearest.Help(uses.Text, kinds, "kinds") ?? "'./runner stages' lists all kinds");

    public static Diagnostic UnknownStage(YamlScalar source, string stage, IReadOnlyCollection<string> ids) =>
        Error("unknown-stage", $"There is no stage {Quoted.Short(stage)}.", source, Nearest.Help(stage, ids, "stages"));

    public static Diagnostic UnknownInputPort(YamlScalar port, string stage, string kind, IReadOnlyCollection<string> ports) =>
        Error("unknown-port", ports.Count == 0
            ? $"'{stage}' ({kind}) takes nothing from other stages."
            : $"'{stage}' ({kind}) has no input {Quoted.Short(port.Text)}.", port,
            ports.Count == 0 ? "remove 'from'" : Nearest.Help(port.Text, ports, "inputs"));

    public static Diagnostic TakesNothing(SourceSpan at, string stage, string kind) =>
        Error("takes-nothing", $"'{stage}' ({kind}) takes nothing from other stages.", at, "remove 'from'");

    public static Diagnostic UnclearInput(SourceSpan at, string stage, string kind, IReadOnlyList<string> ports) =>
        Error("unclear-input", $"'{stage}' ({kind}) takes {Quoted.List(ports)}; say which one this is.", at,
            $"write from: {{ {string.Join(", ", ports.Select(port => $"{port}: …"))} }}");

    public static Diagnostic UnknownOutputPort(
        YamlScalar source, string stage, string kind, string port, IReadOnlyCollection<string> ports) =>
        Error("unknown-port", $"'{stage}' ({kind}) has no output {Quoted.Short(port)}.", source, Nearest.Help(port, ports, "outputs"));

    /// <param name="fitting">Stages that give what is expected.</param>
    public static Diagnostic WrongArtifact(
        YamlScalar source, string port, string kind, string expected, string given, IReadOnlyList<string> fitting) =>
        Error("wrong-artifact", $"'{port}' of {kind} takes {expected}, but {Quoted.Short(source.Text)} gives {given}.", source,
            fitting.Count == 0
                ? $"no stage of this pipeline gives {expected}"
                : $"stages that give {expected}: {string.Join(", ", fitting)}");

    public static Diagnostic NothingBeside(YamlScalar source, string port, string kind, string expected, string beside) =>
        Error("nothing-beside",
            $"'{port}' of {kind} is left out, and {Quoted.Short(source.Text)}, which feeds '{beside}', does not give it {expected} "
            + "by itself.", source,
            $"write from: {{ {beside}: …, {port}: … }}");

    public static Diagnostic UnclearOutput(YamlScalar source, string expected, IReadOnlyList<string> ports) =>
        Error("unclear-output", $"{Quoted.Short(source.Text)} gives {expected} at {Quoted.List(ports)}; say which one.", source,
            $"write {Quoted.List(ports.Select(port => $"{source.Text}.{port}"), "or")}");

    public static Diagnostic OneSourceOnly(FromEntry entry, string port, string kind) =>
        Error("one-source-only", $"'{port}' of {kind} takes one source, not a list.", entry.At,
            entry.Sources.Count == 1
                ? "write it without the brackets"
                : "inputs that take several are those of kinds that choose or compare; './runner stages' shows them");

    public static Diagnostic DuplicateSource(YamlScalar source, string port, YamlScalar first) =>
        Error("duplicate-source", $"{Quoted.Short(source.Text)} is given to '{port}' twice.", source.At, "keep one of them",
            [new("it is given here first", first.At)]);

    public static Diagnostic MissingInput(YamlNode at, string stage, string kind, string port, string expected, string? words) =>
        Error("missing-input", $"'{stage}' ({kind}) needs {expected} at '{port}'.", at,
            words is null ? $"add it under 'from'" : $"{port}: {words}");

    public static Diagnostic Cycle(IReadOnlyList<string> ids, IReadOnlyList<SourceSpan> edges) =>
        Error("cycle", ids.Count == 1 ? $"'{ids[0]}' takes its own output." : $"The stages wait for each other: {Path(ids)}.",
            edges[0], "a pipeline goes one way only",
            [.. edges.Skip(1).Take(MaxPlaces)
                .Select((edge, i) => new RelatedPlace($"'{ids[(i + 2) % ids.Count]}' takes '{ids[i + 1]}' here", edge))]);

    private static string Path(IReadOnlyList<string> ids) => ids.Count <= MaxPlaces
        ? string.Join(" → ", [.. ids, ids[0]])
        : $"{string.Join(" → ", ids.Take(MaxPlaces))} → … ({ids.Count - MaxPlaces} more) → {ids[0]}";

    public static Diagnostic ExpectationNeedsBound(YamlNode at) =>
        Error("expectation-without-bound", "The expectation has neither 'at_least' nor 'at_most'.", at,
            "write { metric: …, at_least: 0.8 }");

    public static Diagnostic MetricUnclear(YamlScalar metric) =>
        Error("metric-unclear", $"A metric is written 'stage.metric', but this is {metric.Described}.", metric,
            "the id of a stage, a dot, and one of its metrics, which './runner show' lists");

    public static Diagnostic NoMetrics(YamlScalar metric, string stage, string kind, IReadOnlyList<string> stages) =>
        Error("no-metrics", $"'{stage}' ({kind}) gives no metrics.", metric,
            stages.Count == 0 ? "no stage of this pipeline does" : $"these stages do: {string.Join(", ", stages)}");

    public static Diagnostic UnknownMetric(YamlScalar written, string metric, string stage, string kind, IReadOnlyCollection<string> known)
    {
        var measure = metric[(metric.LastIndexOf('.') + 1)..];
        return Error("unknown-metric", $"'{stage}' ({kind}) gives no metric {Quoted.Short(metric)}.", written,
            Nearest.To(measure, known) is { } nearest
                ? $"did you mean '{metric[..^measure.Length]}{nearest}'?"
                : $"it measures {string.Join(", ", known)}");
    }

    public static Diagnostic UnlikelySplit(YamlScalar written, string split, string meant) =>
        Error("unlikely-split", $"There is no usual split {Quoted.Short(split)}.", written, $"did you mean '{meant}'?") with
        {
            Severity = Severity.Warning,
        };

    public static Diagnostic UnknownLanguage(YamlNode at) =>
        Error("unknown-language", $"A report is written in en or fr, but this is {at.Described}.", at);

    public static Diagnostic NoTemplateName(YamlNode at) =>
        Error("bad-template-name", $"A template is named, but this is {at.Described}.", at,
        "write the name of a file in reports-templates/ without its ending; letters, digits, '-' and '_' only");

    public static Diagnostic BadAxisName(YamlScalar name) =>
        Error("bad-axis-name", $"{Quoted.Short(name.Text)} cannot name an axis of a matrix.", name,
            "a name starts with a letter and has letters a-z, digits, '_' and '-' only");

    public static Diagnostic BadAxis(YamlNode at, string axis) =>
        Error("bad-axis", $"The axis {Quoted.Short(axis)} needs values, but this is {at.Described}.", at,
            "write a list of texts or numbers, or a map of name: value for lists and maps");

    public static Diagnostic AxisValueTwice(YamlNode at, string axis, string value) =>
        Error("axis-value-twice", $"The axis {Quoted.Short(axis)} has the value {Quoted.Short(value)} twice.", at, "keep one of them");

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

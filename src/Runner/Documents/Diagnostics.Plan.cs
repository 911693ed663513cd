using System.Globalization;

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

    public static Diagnostic BoundsCrossed(YamlNode atMost, YamlNode atLeast) =>
        Error("bounds-crossed", $"Nothing is at least {atLeast.Described} and at most {atMost.Described}.", atMost,
            "'at_least' is the lower bound, 'at_most' the upper one");

    public static Diagnostic NoShare(YamlNode at, double value) =>
        Error("no-share", $"The metric is a share, from 0 to 1, but this is {at.Described}.", at,
            Math.Abs(value) <= 100 ? WriteShare(value) : null);

    private static string WriteShare(double percent) => $"write {(percent / 100).ToString(CultureInfo.InvariantCulture)}";

    public static Diagnostic CellsUnlike(YamlScalar minus, int less, YamlScalar metric, int count) =>
        Error("cells-unlike", $"{Quoted.Short(minus.Text)} has {less} cells, but {Quoted.Short(metric.Text)} has {count}.", minus,
            "name the metric of one cell, or two of the same matrix");

    public static Diagnostic NoSentence(YamlNode at, string what) =>
        Error("no-sentence", $"{what} is empty.", at, "write a sentence, or { fr: \"…\", en: \"…\" }, or leave the key out");

    public static Diagnostic NoBounds(YamlNode holds) =>
        Error("no-bounds", "'holds' has no bound.", holds,
            "write { metric: stage.metric, at_least: 0.8 }, or leave 'holds' out: then a reader decides");

    public static Diagnostic NothingCompared(YamlScalar difference) =>
        Error("nothing-compared", difference.Text == "none"
                ? "Nothing is compared whose difference could be none: no stage has a matrix, and the file extends none."
                : $"'{difference.Text}' compares with the pipeline that the file extends, and it extends none.",
            difference, "of two stages give a bound: { metric: stage.metric, minus: other.metric, at_most: 0.01 }");

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
        "name a file of reports-templates/ without its ending (letters, digits, '-', '_'), or a folder of the project: ./my-report");

    public static Diagnostic BadDifference(YamlNode at) =>
        Error("bad-difference", $"A difference is 'none', 'better' or 'worse', but this is {at.Described}.", at,
            "'none' holds where no difference can be measured, 'better' and 'worse' where the pipeline is measurably so than the one that "
            + "it extends; for others give a bound: { metric: stage.metric, at_least: 0.8 }");

    public static Diagnostic UnknownSection(YamlNode at, string name, IReadOnlyList<string> sections) =>
        Error("unknown-section", $"The report has no chapter {Quoted.Short(name)}.", at, Nearest.Help(name, sections, "chapters"));
}

using System.Globalization;
using System.Text;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Tests.Repository;

/// <summary>Writes docs/stages.md: everything that code and manifests say about the kinds.</summary>
internal static class StageCatalogue
{
    private const string Head = """
        # Stage catalogue

        Generated from the code and the manifests in `stages/`; `./regenerate` writes it again.
        What `required`, `null` and a list of layers look like in a pipeline file is in [manifest.md](manifest.md), everything around a
        stage in [pipeline-file.md](pipeline-file.md).

        | kind | what it does |
        |---|---|

        """;

    private static readonly Language s_english = new ReportFiles("", RepositoryFiles.Root).Language("en");

    public static string Markdown(StageCatalog catalog)
    {
        StageKind[] kinds = [.. catalog.Kinds.Select(catalog.Find).OfType<StageKind>()];
        StringBuilder text = new(Head);
        foreach (var kind in kinds)
            text.Append(
                CultureInfo.InvariantCulture, $"| [`{kind.Spec.Kind}`](#{Anchor(kind)}) | {Cell(kind.Manifest.Summary.In("en"))} |\n");
        foreach (var kind in kinds)
            Write(text, kind);
        return text.ToString();
    }

    private static void Write(StringBuilder text, StageKind kind)
    {
        var (spec, manifest, _) = kind;
        text.Append(CultureInfo.InvariantCulture, $"\n## {spec.Kind}\n\n{manifest.Summary.In("en").Trim()}\n");
        if (manifest.Details is { } details)
            text.Append(CultureInfo.InvariantCulture, $"\n{details.Trim()}\n");
        Rows(text, "input", "artifact",
            spec.Inputs.Select(port => (port.Name, InputOf(port), manifest.Inputs.GetValueOrDefault(port.Name)?.In("en") ?? "")));
        Rows(text, "output", "artifact",
            spec.Outputs.Select(port => (port.Name, Word(port.Artifact), manifest.Outputs.GetValueOrDefault(port.Name)?.In("en") ?? "")));
        Rows(text, "parameter", "default", ParameterDefaults.Of(spec).Where(row => manifest.Parameters.ContainsKey(row.Path))
            .Select(row => (row.Path, row.Default, WordsOf(manifest.Parameters[row.Path]))));
        Rows(text, "metric", "form",
            manifest.Report.Metrics.Select(metric => (metric.Key, FormOf(metric.Value), WordOf(metric.Key, metric.Value))));
        if (manifest.Example is { } example)
            text.Append(CultureInfo.InvariantCulture, $"\n```yaml\n{example.Trim()}\n```\n");
        if (spec.Uses != Uses.Nothing)
            text.Append(
                CultureInfo.InvariantCulture, $"\nBeside its inputs and parameters, its result depends on {Dependencies(spec.Uses)}.\n");
    }

    private static void Rows(
        StringBuilder text, string first, string second, IEnumerable<(string Name, string Second, string Words)> entries)
    {
        var rows = entries.ToArray();
        if (rows.Length == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n| {first} | {second} | |\n|---|---|---|\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| `{row.Name}` | {Cell(row.Second)} | {Cell(row.Words)} |\n");
    }

    private static string InputOf(InputPort port) =>
        Words(port) + (port.Optional ? ", optional" : "") + (port.PairedWith is { } paired ? $", else from the stages of `{paired}`" : "");

    private static string Words(InputPort port) => port.Many ? $"several {Word(port.Artifact).TrimEnd('s')}s" : Word(port.Artifact);

    private static string WordsOf(ParameterManifest parameter)
    {
        var text = parameter.Text.In("en");
        if (parameter.Choices is { } choices)
            text += $" One of {string.Join(", ", choices.Select(choice => $"`{choice}`"))}.";
        return parameter.Range.Length == 0 ? text : $"{text} ({parameter.Range})";
    }

    private static string FormOf(MetricManifest metric) => string.Join(", ", new[]
    {
        metric.Format == ValueFormat.Auto ? null : metric.Format.ToString().ToLowerInvariant(),
            metric.IsLowerBetter ? "lower is better" : null,
    }.OfType<string>());

    private static string WordOf(string measure, MetricManifest metric) =>
        metric.Text.In("en") is { Length: > 0 } text ? text : s_english.Word(measure);

    private static string Dependencies(Uses uses) => uses switch
    {
        Uses.Seed => "the pipeline's seed",
        Uses.Torch => "the version of torch and the device",
        _ => "the pipeline's seed, the version of torch and the device",
    };

    private static string Word(ArtifactKind kind) => kind.ToString().ToLowerInvariant();

    private static string Anchor(StageKind kind) => kind.Spec.Kind.Replace("/", "", StringComparison.Ordinal);

    private static string Cell(string text) => text.Trim().ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}

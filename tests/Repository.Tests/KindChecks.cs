using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Tests.Repository;

/// <summary>What is checked of a kind without running it.</summary>
internal static partial class KindChecks
{
    /// <summary>What is wrong with its manifest; empty when nothing is.</summary>
    public static string Findings(StageKind kind) => DiagnosticFormat.Render([.. kind.Diagnostics, .. kind.Manifest.ReportFindings]);

    /// <summary>Ports and parameters of the code that the manifest does not describe.</summary>
    public static IEnumerable<string> NotDescribed(StageKind kind) =>
        PortsOf(kind).Concat(ParameterPaths.Of(kind.Spec).Required).Except(Described(kind));

    /// <summary>What the manifest describes and the code does not have.</summary>
    public static IEnumerable<string> NotThere(StageKind kind) =>
        Described(kind).Except(PortsOf(kind).Concat(ParameterPaths.Of(kind.Spec).All));

    /// <summary>Texts that lack French or English, or say other places for values in one than in the other.</summary>
    public static IEnumerable<string> InOneLanguageOnly(StageKind kind) => TextsOf(kind.Manifest)
        .Where(text => string.IsNullOrWhiteSpace(text.Text.En) || string.IsNullOrWhiteSpace(text.Text.Fr)
            || !PlacesIn(text.Text.En).SequenceEqual(PlacesIn(text.Text.Fr)))
        .Select(text => text.What);

    private static IEnumerable<string> PortsOf(StageKind kind) =>
        [.. kind.Spec.Inputs.Select(port => $"inputs.{port.Name}"), .. kind.Spec.Outputs.Select(port => $"outputs.{port.Name}")];

    private static IEnumerable<string> Described(StageKind kind) =>
        [.. kind.Manifest.Inputs.Keys.Select(name => $"inputs.{name}"), .. kind.Manifest.Outputs.Keys.Select(name => $"outputs.{name}"),
            .. kind.Manifest.Parameters.Keys];

    private static IEnumerable<(string What, LocalizedText Text)> TextsOf(Manifest manifest) =>
    [
        ("summary", manifest.Summary),
        .. Texts("inputs", manifest.Inputs),
        .. Texts("outputs", manifest.Outputs),
        .. Texts("parameters", manifest.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.Text))),
        ("report.title", manifest.Report.Title),
        .. Texts("report.words", manifest.Report.Words),
        .. Texts("report.warnings", manifest.Report.Warnings),
        .. Texts("report.glossary", manifest.Report.Glossary),
        // A measure without a text has that of the language files.
        .. Texts("report.metrics", manifest.Report.Metrics.Select(metric => KeyValuePair.Create(metric.Key, metric.Value.Text))
            .Where(text => text.Value != new LocalizedText(null, null))),
        .. manifest.Report.Metrics.Where(metric => metric.Value.Baseline is not null)
        .Select(metric => ($"report.metrics.{metric.Key}.baseline.method", metric.Value.Baseline!.Method)),
    ];

    private static IEnumerable<(string, LocalizedText)> Texts(string where, IEnumerable<KeyValuePair<string, LocalizedText>> texts) =>
        texts.Select(text => ($"{where}.{text.Key}", text.Value));

    private static IEnumerable<string> PlacesIn(string text) =>
        Places().Matches(text).Select(place => place.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Places();
}

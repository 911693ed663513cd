using System.Diagnostics;
using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <param name="Outputs">Hash by output: <c>rows.tokens</c> for a column, <c>rows.@encoding</c>, <c>model</c> for another artifact.</param>
/// <param name="Metrics">By <c>metric</c>, e.g. <c>test.exact_match</c>.</param>
public sealed record PinnedStage(
    string Kind, ContentHash Fingerprint, IReadOnlyDictionary<string, string> Outputs, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>The commit of what it loads from the hub, by <see cref="HubRepository.Source"/>; null: it loads nothing there.</summary>
    public KeyValuePair<string, string>? Revision { get; init; }

    internal static PinnedStage Of(StageRun stage, KeyValuePair<string, string>? revision)
    {
        var fingerprint = stage.Outcome switch
        {
            StageOutcome.Ran ran => ran.Fingerprint,
            StageOutcome.Reused reused => reused.Fingerprint,
            _ => throw new ArgumentException($"Stage '{stage.Id}' has no result."),
        };
        var outputs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (port, artifacts) in stage.Outcome.Results!.ByPort)
            for (var i = 0; i < artifacts.Count; i++)
                Add(outputs, metrics, artifacts.Count == 1 ? port : FormattableString.Invariant($"{port}.{i}"), artifacts[i]);
        return new(stage.Kind, fingerprint, outputs, metrics) { Revision = revision };
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteString("fingerprint", Fingerprint.Hex);
        if (Revision is (var source, var commit))
        {
            json.WriteStartObject("revision");
            json.WriteString(source, commit);
            json.WriteEndObject();
        }
        json.WriteStartObject("outputs");
        foreach (var (name, hash) in Outputs)
            json.WriteString(name, hash);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (var (name, value) in Metrics)
            json.WriteNumberOrWord(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static PinnedStage Read(JsonElement json) => new(
        json.GetText("kind"), json.GetHash("fingerprint"),
        new SortedDictionary<string, string>(json.GetProperty("outputs").EnumerateObject().ToDictionary(item => item.Name,
            item => item.Value.GetString() ?? throw new JsonException($"'{item.Name}' is null.")), StringComparer.Ordinal),
        new SortedDictionary<string, double>(json.GetProperty("metrics").EnumerateObject()
            .ToDictionary(item => item.Name, item => item.Value.GetNumberOrWord()), StringComparer.Ordinal))
    {
        Revision = json.TryGetProperty("revision", out var revision) ? ReadRevision(revision.EnumerateObject().Single()) : null,
    };

    private static KeyValuePair<string, string> ReadRevision(JsonProperty pin) =>
        new(pin.Name, pin.Value.GetString() ?? throw new JsonException($"'{pin.Name}' is null."));

    private static void Add(
        SortedDictionary<string, string> outputs, SortedDictionary<string, double> metrics, string name, Artifact artifact)
    {
        switch (artifact)
        {
            case Table table:
                foreach (var column in table.Columns)
                    outputs[$"{name}.{column.Name}"] = column.Hash.Hex;
                outputs[$"{name}.@encoding"] = table.EncodingHash.Hex;
                break;
            case Metrics measured:
                foreach (var (metric, value) in measured.Values)
                    metrics[metric] = value;
                break;
            case Model or Card:
                outputs[name] = artifact.Id.Hex;
                break;
            default:
                throw new UnreachableException();
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipelines.Stages.Contracts;

/// <summary>The steps, in order, that turned raw text (and labels) into the columns of a table; a model bundle carries it too.</summary>
public sealed record EncodingChain(IReadOnlyList<EncodingStep> Steps)
{
    public const string FileName = "encoding.json";

    public static EncodingChain Empty { get; } = new([]);

    public EncodingChain With(EncodingStep step) => new([.. Steps, step]);

    /// <summary>The last step of this kind, or null.</summary>
    public EncodingStep? Find(string kind) => Steps.LastOrDefault(step => step.Kind == kind);

    public static EncodingChain Read(string directory)
    {
        using var file = File.OpenRead(Path.Combine(directory, FileName));
        var steps = JsonNode.Parse(file)!.AsArray();
        return new([.. steps.Select(step => new EncodingStep((string)step!["kind"]!, step["settings"]!.AsObject()))]);
    }

    /// <summary>Deterministic UTF-8 JSON; its hash is the table's <see cref="Table.EncodingHash"/>.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new JsonArray(
            [.. Steps.Select(step => (JsonNode)new JsonObject { ["kind"] = step.Kind, ["settings"] = step.Settings.DeepClone() })]),
        Json.Plain);
}

/// <summary>
/// One step: the kind of the stage that made it (<c>tokenize/words</c>) and what it needs to be applied again (its vocabulary, say).
/// </summary>
public sealed record EncodingStep(string Kind, JsonObject Settings);

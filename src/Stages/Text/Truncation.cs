using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipelines.Stages.Text;

/// <summary>Cuts texts off at a number of tokens, without making others longer; special tokens at the ends survive.</summary>
public sealed record Truncation(int Length)
{
    public const string Kind = "truncate";

    public static Truncation From(JsonObject settings) => settings.Deserialize<Truncation>(Contracts.Json.Plain)!;

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(this, Contracts.Json.Plain)!.AsObject();

    /// <summary>The run of tokens that does not fit.</summary>
    public (int Start, int Length) Cut(int count, (int Before, int After) specials) => new Padding(Length).Cut(count, specials);
}

using System.Text.Json;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>
/// What a stage says in the report, as data without wording: every <c>Name</c> is a key (snake case) for which the manifest of the kind
/// has words, or the report's language files where several kinds share it. Order is the order of appearance.
/// </summary>
public sealed record CardContent(params IReadOnlyList<CardItem> Items)
{
    private static readonly JsonSerializerOptions Reading = new(Json.Plain) { Converters = { new CellConverter() } };

    /// <summary>The card in a file of the form in which cards are kept; values come back as string, bool, double or null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static CardContent Read(Stream file) =>
        JsonSerializer.Deserialize<CardContent>(file, Reading) ?? throw new JsonException("The file of a card holds null.");
}

using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>What explain/attention says in the report.</summary>
internal static class AttentionCard
{
    private const int MapsShown = 12;

    public static CardContent Of(IReadOnlyList<AttendedText> texts, IReadOnlyDictionary<string, double> metrics)
    {
        var isDecoder = texts[0].Attention.Written is not null;
        return new(
        [
            new Warning("attention_is_no_contribution", new Dictionary<string, object>()),
            isDecoder ? CarriersByCharacter(texts) : Carriers(texts),
            .. texts.Where(text => text.Units.Places.Count > 0).Take(MapsShown).Select(text => MapOf(text, isDecoder)),
            .. isDecoder ? [] : Heads(texts),
            new Fact("mean_entropy", metrics["mean_entropy"], ValueFormat.Percent),
            new Fact("outside_share", metrics["outside_share"], ValueFormat.Percent),
        ]);
    }

    private static HeatmapFigure MapOf(AttendedText text, bool isDecoder) => new(
        isDecoder ? "attention_by_character" : "attention_by_layer", "word", isDecoder ? "character" : "layer", text.Words(), text.Lookers,
        text.Weights)
    {
        About = text.Row.Text,
    };

    private static Grid Carriers(IReadOnlyList<AttendedText> texts) => new(
        "carriers",
        [
            new("text"), new("predicted", ValueFormat.Code), new("label", ValueFormat.Code), new("carrier"),
            new("weight", ValueFormat.Percent),
        ],
        [.. texts.Select(Row)]);

    /// <summary>The same with the word that each character looked at most.</summary>
    private static Grid CarriersByCharacter(IReadOnlyList<AttendedText> texts)
    {
        var plain = Carriers(texts);
        return plain with
        {
            Columns = [.. plain.Columns, new("carrier_by_character")],
            Rows = [.. texts.Zip(plain.Rows, (text, row) => (IReadOnlyList<object?>)[.. row, ByCharacter(text)])],
        };
    }

    private static IReadOnlyList<object?> Row(AttendedText text)
    {
        var carrier = text.Carrier;
        return
        [
            text.Row.Text, text.Attention.Prediction.Label, text.Row.Label, carrier is { } word ? text.Words()[word] : null,
            carrier is { } at ? text.ByWord[at] : null,
        ];
    }

    private static string ByCharacter(AttendedText text)
    {
        var words = text.Words();
        return string.Join(" · ", text.Lookers.Select((character, looker) =>
            text.CarrierOf(looker) is { } word ? $"{character} ← {words[word]}" : character));
    }

    private static IEnumerable<CardItem> Heads(IReadOnlyList<AttendedText> texts)
    {
        var summary = HeadSummary.Of(texts);
        string[] layers = [.. summary.Entropy.Select((_, layer) => $"{layer + 1}")];
        string[] heads = [.. summary.Entropy[0].Select((_, head) => $"{head + 1}")];
        yield return new HeatmapFigure("head_entropy", "layer", "head", layers, heads, summary.Entropy);
        yield return new HeatmapFigure("head_words", "layer", "head", layers, heads, summary.Words);
    }
}

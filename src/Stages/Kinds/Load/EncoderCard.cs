using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>What an encoder is made of, and what it makes of some texts.</summary>
internal sealed class EncoderCard(TransformerEncoder encoder, ITokenizer tokenizer)
{
    private const int MaxTokensShown = 48;

    /// <summary>Shown where no others are asked for: pieces of words, capitals, accents, a sign.</summary>
    public static readonly string[] Texts =
    [
        "The company's profits rose by 12 % in the third quarter.",
        "Les résultats du troisième trimestre sont meilleurs qu'attendu.",
        "Unforgettable!",
    ];

    public CardContent Content(IReadOnlyList<string> texts)
    {
        var ids = texts.Select(Ids).ToArray();
        var longest = ids.Max(text => text.Length);
        var config = encoder.Config;
        return new(
        [
            new Fact("model_type", config.ModelType, ValueFormat.Code),
            new Fact("layers", config.NumHiddenLayers),
            new Fact("hidden_size", config.HiddenSize),
            new Fact("attention_heads", config.NumAttentionHeads),
            new Fact("intermediate_size", config.IntermediateSize),
            new Fact("vocabulary_size", config.VocabSize),
            new Fact("max_tokens", config.MaxTokens),
            new Fact("encoder_dropout", config.HiddenDropoutProb),
            .. EncoderWeightsGrid.Of(encoder),
            new Grid("encoded_texts",
                [new("text"), new("tokens"), new("ids"), new("attention_mask"), new("decoded"), new("hidden_states")],
                [.. texts.Zip(ids, (text, encoded) => Row(text, encoded, longest))]),
        ]);
    }

    private int[] Ids(string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text, ids);
        return [.. ids.Take(encoder.Config.MaxTokens)];
    }

    /// <summary>A text in a batch with the longest one.</summary>
    private object?[] Row(string text, int[] ids, int longest)
    {
        int[] padded = [.. ids, .. Enumerable.Repeat(tokenizer.PadId, longest - ids.Length)];
        return
        [
            text, Joined(padded.Select(id => tokenizer.Vocabulary[id])), Joined(padded.Select(id => $"{id}")),
            Joined(padded.Select((_, i) => i < ids.Length ? "1" : "0")), tokenizer.Decode(ids),
            string.Join(" x ", EncoderFeatures.ShapeOf(encoder, ids)),
        ];
    }

    private static string Joined(IEnumerable<string> values)
    {
        var shown = values.ToList();
        return string.Join(' ', shown.Take(MaxTokensShown)) + (shown.Count > MaxTokensShown ? " …" : "");
    }
}

using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>Whether rows were made for an encoder: another one's ids or vectors would train without a sign of being nonsense.</summary>
internal static class EncodedTexts
{
    /// <summary>Of the step that computes vectors.</summary>
    public const string Kind = "embed/texts";

    public static EncodingStep Step(Model encoder, Pooling pooling) =>
        new(Kind, new JsonObject { ["encoder"] = encoder.Id.Hex, ["pooling"] = PortName.Dashed(pooling.ToString()) });

    /// <exception cref="StageException">The ids of the rows are those of another vocabulary.</exception>
    public static void CheckTokenizer(EncodingChain rows, EncodingChain encoder)
    {
        var (given, wanted) = (TextPreprocessor.TokenizerOf(rows), TextPreprocessor.TokenizerOf(encoder));
        if (given?.Kind != wanted?.Kind || !JsonNode.DeepEquals(given?.Settings, wanted?.Settings))
            throw new StageException(given is null
                ? "These rows are not tokenized."
                : $"These rows were tokenized by {given.Kind} with a vocabulary that is not the encoder's.")
            {
                Help = "Tokenize them by tokenize/encoder, with the same encoder.",
            };
    }

    /// <exception cref="StageException">The vectors are another encoder's, or pooled in another way.</exception>
    public static void CheckVectors(EncodingChain rows, Model encoder, Pooling pooling)
    {
        var (given, wanted) = (rows.Find(Kind)?.Settings, Step(encoder, pooling).Settings);
        if (JsonNode.DeepEquals(given?["encoder"], wanted["encoder"]) && JsonNode.DeepEquals(given?["pooling"], wanted["pooling"]))
            return;
        var isOther = !JsonNode.DeepEquals(given?["encoder"], wanted["encoder"]);
        throw new StageException(isOther
            ? "The vectors of these rows were computed by another encoder."
            : $"The vectors of these rows are pooled by `{given!["pooling"]}`, and the head reads `{wanted["pooling"]}`.")
        {
            Help = isOther ? "Give this stage and embed/texts the same encoder." : "Give this stage and embed/texts the same pooling.",
            Parameter = isOther ? null : "pooling",
        };
    }
}

using System.Text.Json.Serialization;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>Hyper-parameters of a <see cref="Seq2Seq"/>; all that is needed to build it anew.</summary>
/// <param name="Vocabulary">Number of word ids.</param>
/// <param name="Characters">Number of character ids, special ones included.</param>
/// <param name="MaxLength">Longest code in characters, start and end included.</param>
/// <param name="Embedding">Length of a word's and a character's vector.</param>
/// <param name="Units">Of the encoder and the decoder.</param>
/// <param name="Dropout">Share of the word vectors and of the decoder's outputs set to zero while training.</param>
/// <param name="Constrained">Only codes seen in training are written, unless told otherwise when predicting.</param>
/// <param name="Attention">Of the decoder to the encoder's outputs.</param>
/// <param name="Masking">False: the encoder reads the padding too, as Keras does without mask_zero.</param>
internal sealed record Seq2SeqSettings(
    int Vocabulary, int Characters, int MaxLength, int Embedding, int Units, double Dropout, bool Masking,
    [property: JsonPropertyName("valid_codes_only")] bool Constrained = false,
    EmbeddingInitializer EmbeddingStart = EmbeddingInitializer.Normal,
    // Bundles without attention stay, byte for byte, what they were before there was any.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Attention Attention = Attention.None);

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;

namespace Pipelines.Stages.Models;

/// <summary>Between the padded ids of tables and what models read.</summary>
internal static class TextPadding
{
    /// <summary>The ids with the padding that models without masking were trained on.</summary>
    /// <exception cref="StageException">The texts were not padded.</exception>
    public static int[] Padded(this TextPreprocessor encoder, int[] ids)
    {
        var padding = encoder.Padding ?? throw NotPadded();
        var padded = new int[padding.Length];
        padding.Apply(ids, padded, encoder.Tokenizer.Specials);
        return padded;
    }

    /// <summary>The real ids of a row of a table.</summary>
    public static ReadOnlySpan<int> Real(this TextPreprocessor encoder, ReadOnlySpan<int> ids, int length) =>
        encoder.Padding?.Side == PaddingSide.Pre ? ids[(ids.Length - length)..] : ids[..length];

    public static StageException NotReadable(int padding) => new($"Texts are padded with {padding}, which is no word to read.")
    {
        Help = "Leave masking on, or pad with the tokenizer's id (value: auto).",
        Parameter = "masking",
    };

    public static StageException NotPadded() => new("Without masking, texts must be padded to one length.")
    {
        Help = "Put a pad stage before this one, or leave masking on.",
        Parameter = "masking",
    };
}

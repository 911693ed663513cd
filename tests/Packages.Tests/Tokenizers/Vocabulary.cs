using System.Text;

namespace Pipelines.Tests.Packages.Tokenizers;

/// <summary>Vocabularies as files hold them.</summary>
internal static class Vocabulary
{
    public static Stream Small => Of(
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "quick", "brown", "fox", "jump", "##s", "over", "lazy", "dog", "hello", ",", ".",
        "!", "un", "##aff", "##able", "你");

    /// <summary>google-research/bert, tokenization_test.py.</summary>
    public static Stream BertTest => Of(
        "[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ",", "[PAD]", "[MASK]");

    public static Stream Of(params string[] tokens) => new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', tokens) + "\n"));
}

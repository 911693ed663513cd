using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pipelines.Stages.Text;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>What rules look at in a text that a model answered to. The text itself is not kept: there may be gigabytes of them.</summary>
/// <param name="Id">The same for equal texts, and for no others.</param>
/// <param name="UnknownWords">The first words that the model has no number for, as many as a finding names; null where it reads no
/// words.</param>
internal readonly record struct AnsweredText(
    UInt128 Id, int Words, bool IsInCapitals, bool HasDigit, IReadOnlyList<string>? UnknownWords)
{
    /// <summary>How many unknown words are kept of a text, and named of all.</summary>
    public const int MostUnknown = 2;

    private const int MinLetters = 3;

    /// <param name="preprocessor">Of the model; null where it reads no words.</param>
    public static AnsweredText Of(string text, TextPreprocessor? preprocessor = null) =>
        new(
            IdOf(text), WordsOf(text), IsAllCapitals(text), HasNumber(text),
            preprocessor?.Tokenizer.Unknown(preprocessor.Prepare(text), MostUnknown));

    public static UInt128 IdOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private static bool IsAllCapitals(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var sign in text)
        {
            if (char.IsLower(sign))
                return false;
            letters += char.IsLetter(sign) ? 1 : 0;
        }
        return letters >= MinLetters;
    }

    private static bool HasNumber(ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
            if (char.IsAscii(sign) ? sign is >= '0' and <= '9' : char.IsDigit(sign))
                return true;
        return false;
    }

    private static int WordsOf(ReadOnlySpan<char> text)
    {
        var (words, isInside) = (0, false);
        foreach (var sign in text)
        {
            // Most signs are letters, and told without a call.
            var isSpace = sign is <= ' ' or > '~' && char.IsWhiteSpace(sign);
            words += !isSpace && !isInside ? 1 : 0;
            isInside = !isSpace;
        }
        return words;
    }
}

using System.Diagnostics;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>How a text falls into words.</summary>
public sealed record WordRules(Apostrophes Apostrophes = Apostrophes.Keras, Punctuation Punctuation = Punctuation.Remove, bool Lower = true)
{
    // keras/src/layers/preprocessing/text_vectorization.py: the set of `strip_punctuation`, without the typographic apostrophe.
    private static readonly bool[] KerasPunctuation = Flags("!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'");

    /// <summary>Words as a reader counts them, whatever tokenizer follows.</summary>
    public static WordRules ForCounting { get; } = new(Apostrophes.French, Punctuation.Space);

    public static bool IsPunctuation(char letter) => letter < KerasPunctuation.Length && KerasPunctuation[letter];

    /// <summary>Whether a letter that is no part of an elision falls under <see cref="Punctuation"/>.</summary>
    public bool Touches(char letter) => Apostrophes switch
    {
        Apostrophes.Keras => IsPunctuation(letter),
        Apostrophes.French => IsPunctuation(letter) || FrenchElision.IsApostrophe(letter),
        Apostrophes.Keep => letter != '\'' && IsPunctuation(letter),
        _ => throw new UnreachableException(),
    };

    private static bool[] Flags(string letters)
    {
        var flags = new bool[128];
        foreach (var letter in letters)
            flags[letter] = true;
        return flags;
    }
}

/// <summary>What an apostrophe does to a word.</summary>
public enum Apostrophes
{
    /// <summary>Punctuation like any other; the typographic one is a letter: <c>l'artère</c> becomes <c>lartère</c>.</summary>
    Keras,

    /// <summary>Ends an elided word, also the typographic one: <c>l'artère</c> becomes <c>l'</c> and <c>artère</c>.</summary>
    French,

    /// <summary>A letter like others, as in Keras' older Tokenizer, which numbered IMDB: <c>don't</c>.</summary>
    Keep,
}

/// <summary>What happens to the characters <c>!"#$%&amp;()*+,-./:;&lt;=&gt;?@[\]^_`{|}~'</c>.</summary>
public enum Punctuation
{
    /// <summary>Deleted, as Keras does: <c>post-opératoire</c> becomes <c>postopératoire</c>.</summary>
    Remove,

    /// <summary>A space in its place: <c>post</c>, <c>opératoire</c>.</summary>
    Space,

    /// <summary>Part of the word it touches.</summary>
    Keep,
}

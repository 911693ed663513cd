using System.IO.Compression;
using System.Text.RegularExpressions;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Text;

/// <summary>Pairs of lemma and form that others collected, and the words of real texts to compare with them.</summary>
internal static partial class LemmaLexicon
{
    /// <summary>All lemmas of a form; a lemma is one of itself.</summary>
    public static Dictionary<string, HashSet<string>> English()
    {
        var lexicon = new Dictionary<string, HashSet<string>>();
        foreach (var line in File.ReadLines(SharedDataFactAttribute.PathOf("lexicons/lemmatization-en.txt")))
        {
            var pair = line.ToLowerInvariant().Split('\t');
            Add(pair[1].Trim(), pair[0]);
            Add(pair[0], pair[0]);
        }
        return lexicon;

        void Add(string form, string lemma)
        {
            if (!lexicon.TryGetValue(form, out var lemmas))
                lexicon.Add(form, lemmas = []);
            lemmas.Add(lemma);
        }
    }

    public static IEnumerable<KeyValuePair<string, int>> WordsOf(string file)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(SharedDataFactAttribute.PathOf(file)), CompressionMode.Decompress));
        return Words().Matches(reader.ReadToEnd().Replace("<br />", " ", StringComparison.Ordinal).ToLowerInvariant())
            .CountBy(match => match.Value);
    }

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Words();
}

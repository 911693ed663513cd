namespace Pipelines.Stages.Text.Lemmas;

/// <summary>
/// Base forms that no rule gives, one a line: <c>form=lemma</c>, or a base word with its parts of speech (<c>n v a</c>; a colon for a
/// noun, nothing for words that
/// never change). Comments begin with <c>#</c>.
/// </summary>
internal sealed class LemmaList
{
    private const string Noun = "n";

    private static readonly Lazy<LemmaList> EnglishList = new(() => new("english.txt"));
    private static readonly Lazy<LemmaList> FrenchList = new(() => new("french.txt"));

    private readonly Dictionary<string, string> _lemmas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);

    private LemmaList(string resource)
    {
        Content = Read(resource);
        using var reader = new StreamReader(new MemoryStream(Content));
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#')
                Add(line);
    }

    public byte[] Content { get; }

    public static LemmaList Of(LemmaLanguage language) => (language == LemmaLanguage.Fr ? FrenchList : EnglishList).Value;

    /// <param name="word">In lower case.</param>
    public string? Lemma(string word) => _lemmas.TryGetValue(word, out var lemma) ? lemma : _parts.ContainsKey(word) ? word : null;

    /// <param name="part"><c>n v a</c></param>
    public bool Has(string word, char part) => _parts.TryGetValue(word, out var parts) && parts.Contains(part, StringComparison.Ordinal);

    /// <summary>A word that never changes.</summary>
    public bool IsInvariable(string word) => _parts.TryGetValue(word, out var parts) && parts.Length == 0;

    private void Add(string line)
    {
        if (line.Split('=') is [var form, var lemma])
            _lemmas.Add(form, lemma);
        else if (line.EndsWith(':'))
            _parts.Add(line[..^1], Noun);
        else
            _parts.Add(line.Split(' ')[0], line.Split(' ') is [_, var parts] ? parts : "");
    }

    private static byte[] Read(string resource)
    {
        using var file = typeof(LemmaList).Assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}

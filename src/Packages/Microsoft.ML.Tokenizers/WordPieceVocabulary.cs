namespace Microsoft.ML.Tokenizers;

/// <summary>Tokens and ids: one token a line, the line number is the id.</summary>
internal sealed class WordPieceVocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Dictionary<int, string> _tokens = [];

    private WordPieceVocabulary() => _bySpan = _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public static WordPieceVocabulary Read(Stream vocabStream)
    {
        ArgumentNullException.ThrowIfNull(vocabStream);
        var vocabulary = new WordPieceVocabulary();
        using var reader = new StreamReader(vocabStream, leaveOpen: true);
        for (var id = 0; reader.ReadLine() is { } line; id++)
            if (line.Length > 0)
            {
                vocabulary._ids.Add(line, id);
                vocabulary._tokens.Add(id, line);
            }
        return vocabulary;
    }

    public static Stream Open(string vocabFilePath) =>
        string.IsNullOrEmpty(vocabFilePath) ? throw new ArgumentNullException(nameof(vocabFilePath)) : File.OpenRead(vocabFilePath);

    public string this[int id] => _tokens[id];

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _bySpan.TryGetValue(token, out id);

    public bool TryGetToken(int id, out string token) => _tokens.TryGetValue(id, out token!);

    /// <summary>A further spelling of a token.</summary>
    public void AddAlias(string alias, int id) => _ids[alias] = id;
}

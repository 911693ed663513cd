using System.Text;
using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.TestKit;
using Pipelines.Tests.Stages.Text.Tokenizers;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>A file of the folder in which a tokenizer was published; beside it the tokens that it names, one an id.</summary>
/// <param name="file">What it is called in the folder.</param>
internal abstract class VocabularyFiles(string name, string file) : FuzzedFormat(name)
{
    protected static readonly string Home = Path.Combine(Golden.FolderOf(), "..", "Text", "Tokenizers");

    protected static readonly string[] Texts = ["un deux", "élan, [CLS] 表", "", "a  b"];

    /// <summary>The tokens, one an id; null where the file says no such thing.</summary>
    protected abstract IReadOnlyList<string>? Tokens(byte[] bytes);

    /// <summary>The other files of the folder.</summary>
    protected virtual IEnumerable<(string Name, byte[] Content)> Beside => [];

    /// <summary>Ids of a text by another implementation; null where there is none.</summary>
    protected virtual List<int>? Ids(IReadOnlyList<string> tokens, string text) => null;

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, Name)).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, file), bytes);
        foreach (var (other, content) in Beside)
            await File.WriteAllBytesAsync(Path.Combine(folder, other), content);
        var expected = Tokens(bytes);
        ITokenizer tokenizer;
        try
        {
            tokenizer = PublishedTokenizer.Read(folder).Tokenizer;
        }
        catch (StageException)
        {
            return false;
        }
        Assert.NotNull(expected);
        Assert.Equal(expected, tokenizer.Vocabulary);
        foreach (var text in Texts)
        {
            List<int> ids = [];
            tokenizer.Encode(text, ids);
            if (Ids(expected, text) is { } others)
                Assert.Equal(others, ids);
            Assert.All(ids, id => Assert.InRange(id, 0, tokenizer.Vocabulary.Count - 1));
            Assert.Equal(ids, tokenizer.Tokens(text).Select(token => token.Id));
        }
        return true;
    }

    /// <summary>The names of an object of ids from 0 on.</summary>
    protected static List<string>? ById(JsonElement vocabulary)
    {
        var words = vocabulary.EnumerateObject().Select(word => (Id: word.Value.GetInt64(), word.Name)).OrderBy(word => word.Id).ToList();
        return words.Index().All(word => word.Index == word.Item.Id) ? [.. words.Select(word => word.Name)] : null;
    }

    protected static T? Json<T>(byte[] bytes, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false });
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}

/// <summary><c>vocab.txt</c> of BERT.</summary>
internal sealed class WordPieceFiles() : VocabularyFiles("wordpiece", "vocab.txt")
{
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        .. new[] { "\n", "\r\n" }.Select(end => Encoding.UTF8.GetBytes(string.Join(
            end, [.. Special, "un", "deux", "##x", "e", "##l", "##an", ",", "表", "[", "]", "cls", "a", "b"]) + end)),
    ];

    public override IReadOnlyList<string> Pieces { get; } =
        ["\n", "\r", "\r\n", "##", "[PAD]", "[UNK]", "[CLS]", "un", "é", " ", "\0", "\u0085", "\u2028"];

    private static string[] Special => ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    protected override IReadOnlyList<string>? Tokens(byte[] bytes) =>
        StrictText.LinesOf(bytes) is { } lines && lines.Distinct().Count() == lines.Count && Special.All(lines.Contains) ? lines : null;

    protected override List<int>? Ids(IReadOnlyList<string> tokens, string text) => new BertReference(tokens, lower: true).Ids(text);
}

/// <summary><c>tokenizer.json</c> with a WordPiece.</summary>
internal sealed class TokenizerJsonFiles() : VocabularyFiles("tokenizer-json", "tokenizer.json")
{
    public override IReadOnlyList<byte[]> Samples { get; } = [Encoding.UTF8.GetBytes(
        """
        {"normalizer": {"lowercase": true, "strip_accents": null}, "model": {"type": "WordPiece", "vocab":
        {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "un": 5, "##x": 7, "e": 6, "a": 8, "\u00e9": 9}}}
        """)];

    public override IReadOnlyList<string> Pieces { get; } =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "1.5", "-1", "1e3", "10", "99999999999", "\\ud800", "é"];

    protected override IReadOnlyList<string>? Tokens(byte[] bytes) =>
        Json(bytes, root => ById(root.GetProperty("model").GetProperty("vocab")));
}

/// <summary><c>vocab.json</c> of RoBERTa, with its merges.</summary>
internal sealed class BytePairFiles() : VocabularyFiles("byte-pairs", "vocab.json")
{
    private static readonly byte[] Merges = File.ReadAllBytes(Path.Combine(Home, "roberta", "merges.txt"));

    public override IReadOnlyList<byte[]> Samples { get; } = [File.ReadAllBytes(Path.Combine(Home, "roberta", "vocab.json"))];

    public override IReadOnlyList<string> Pieces { get; } =
        ["{", "}", ",", ":", "\"", "null", "1.5", "-1", "10", "99999999999", "\\ud800", "é", "<unk>"];

    protected override IEnumerable<(string Name, byte[] Content)> Beside => [("merges.txt", Merges)];

    protected override IReadOnlyList<string>? Tokens(byte[] bytes) => Json(bytes, ById);
}

/// <summary>A SentencePiece model.</summary>
internal sealed class SentencePieceFiles() : VocabularyFiles("sentencepiece", "sentencepiece.bpe.model")
{
    private static readonly string[] Front = ["<s>NOTUSED", "<pad>", "</s>NOTUSED", "<unk>", "<unk>NOTUSED"];

    public override IReadOnlyList<byte[]> Samples { get; } = [File.ReadAllBytes(Path.Combine(Home, "sentencepiece.model"))];

    // CamemBERT puts its own tokens in front.
    protected override IReadOnlyList<string>? Tokens(byte[] bytes) =>
        PieceTexts(bytes) is { } pieces ? [.. Front, .. pieces.Skip(1), "<mask>"] : null;

    /// <summary>Field 1 of the message, again and again, and field 1 of each: as protocol buffers are written down.</summary>
    private static List<string>? PieceTexts(byte[] bytes)
    {
        List<string> pieces = [];
        try
        {
            foreach (var (field, content) in Fields(bytes).Where(field => field.Field == 1))
                pieces.Add(new UTF8Encoding(false, true).GetString(Fields(content).Last(inner => inner.Field == 1).Content));
            return pieces;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IndexOutOfRangeException
            or OverflowException)
        {
            return null;
        }
    }

    private static List<(int Field, byte[] Content)> Fields(byte[] message)
    {
        List<(int, byte[])> fields = [];
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var length = (int)(tag & 7) switch
            {
                0 => Passed(message, at),
                1 => 8,
                2 => checked((int)Varint(message, ref at)),
                5 => 4,
                _ => throw new InvalidOperationException("unknown kind of field"),
            };
            fields.Add(((int)(tag >> 3), message[at..(at + length)]));
            at += length;
        }
        return fields;
    }

    private static int Passed(byte[] message, int at)
    {
        var end = at;
        Varint(message, ref end);
        return end - at;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(message[at] & 0x7F) << shift;
            if (message[at++] < 0x80)
                return value;
        }
    }
}

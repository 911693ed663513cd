using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Files;

/// <summary>A JSON file, read as a whole: one value, or one a line.</summary>
internal sealed class JsonContent : IDisposable
{
    private const int MaxNamesListed = 20;

    private readonly SourceFile _source;
    private readonly List<(JsonDocument Value, long Line)> _values;

    private JsonContent(SourceFile source, List<(JsonDocument, long)> values) => (_source, _values) = (source, values);

    /// <exception cref="StageException">The file cannot be read, or is no JSON.</exception>
    public static JsonContent Read(SourceFile source, string encoding)
    {
        var bytes = Bytes(source, encoding).AsMemory();
        List<(JsonDocument, long)> values = [];
        try
        {
            if (!IsByLine(bytes.Span))
                return new(source, [(Parse(source, bytes, 0), 1)]);
            for (var (line, start) = (0, 0); start < bytes.Length; line++)
            {
                var length = bytes.Span[start..].IndexOf((byte)'\n') is >= 0 and var end ? end : bytes.Length - start;
                var text = bytes.Slice(start, length);
                if (!IsBlank(text.Span))
                    values.Add((Parse(source, text, line), line + 1));
                start += length + 1;
            }
            return new(source, values);
        }
        catch
        {
            values.ForEach(value => value.Item1.Dispose());
            throw;
        }
    }

    /// <param name="path">Where the records are, with dots; null: they are the whole.</param>
    /// <exception cref="StageException">There are none.</exception>
    public IReadOnlyList<JsonRecord> Records(string? path)
    {
        if (_values is not [var (whole, _)])
            return path is null
                ? [.. _values.Select(value => new JsonRecord(value.Value.RootElement, null, $"line {value.Line}"))]
                : throw _source.Wrong(null, "the file has a record a line, and no path to them", "leave records out", "records");
        var value = At(whole.RootElement, path);
        return value.ValueKind switch
        {
            JsonValueKind.Array =>
                [.. value.EnumerateArray().Index().Select(item => new JsonRecord(item.Item, null, $"record {item.Index + 1}"))],
            // A single line of a file with a record a line has fields that are no objects.
            JsonValueKind.Object when path is null && !value.EnumerateObject().All(member => IsObject(member.Value)) =>
                [new(value, null, "record 1")],
            JsonValueKind.Object => [.. value.EnumerateObject().Index().Select(
                member => new JsonRecord(member.Item.Value, member.Item.Name, $"record {member.Index + 1} ('{member.Item.Name}')"))],
            _ => throw _source.Wrong(null, "there are no records: expected a list, an object, or an object a line", null),
        };
    }

    public void Dispose() => _values.ForEach(value => value.Value.Dispose());

    private JsonElement At(JsonElement value, string? path)
    {
        foreach (var name in path?.Split('.') ?? [])
            if (!IsObject(value) || !value.TryGetProperty(name, out var inner))
                throw _source.Wrong(null, $"there is no '{name}' on the path '{path}'", Members(value), "records");
            else
                value = inner;
        return value;
    }

    private static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object;

    private static string? Members(JsonElement value) => IsObject(value)
        ? $"there are {string.Join(", ", value.EnumerateObject().Take(MaxNamesListed).Select(member => $"'{member.Name}'"))}"
        : null;

    private static byte[] Bytes(SourceFile source, string encoding)
    {
        try
        {
            using Utf8Text text = new(DataFile.OpenText(source.Path), TextEncoding.Find(encoding));
            using MemoryStream bytes = new();
            text.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (UnreadableFileException error)
        {
            throw source.Wrong(null, error);
        }
    }

    // A second value after the end of the first: that is no JSON, but a list of them.
    private static bool IsByLine(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Utf8JsonReader reader = new(bytes, new() { AllowMultipleValues = true });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            reader.Skip();
            return reader.Read();
        }
        catch (JsonException)
        {
            // Whoever parses it says what is wrong with it: a broken first line ends before the text does.
            return bytes.IndexOf("}\n{"u8) > 0;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;

    private static JsonDocument Parse(SourceFile source, ReadOnlyMemory<byte> bytes, long linesBefore)
    {
        try
        {
            return StrictJson.Document(bytes);
        }
        catch (JsonException error)
        {
            var (line, column) = (error.LineNumber ?? 0, error.BytePositionInLine ?? 0);
            var place = $"line {linesBefore + line + 1}, byte {column + 1}";
            throw EndsAt(bytes.Span, line, column)
                ? source.Wrong(place, "the JSON ends here, in the middle of a value", "get the file again: its end is missing")
                : source.Wrong(place, $"this is no JSON: {Sentence(error.Message)}", "mend the file at that place");
        }
    }

    private static bool EndsAt(ReadOnlySpan<byte> bytes, long line, long column)
    {
        for (; line > 0; line--)
            bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        return IsBlank(bytes[(int)Math.Min(column, bytes.Length)..].TrimEnd("\n"u8));
    }

    // Without the place, which is told in front.
    private static string Sentence(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var place
            ? message[..place].TrimEnd('.')
            : message.TrimEnd('.');
}

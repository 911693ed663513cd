using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Files;

/// <summary>The records of a JSON file: the items of a list, the members of an object, or one a line.</summary>
internal sealed class JsonRecords : IRecords
{
    private const int MaxNamesListed = 20;

    private readonly SourceFile _source;
    private readonly JsonContent _content;
    private readonly string? _key;
    private readonly List<string[]> _paths = [];
    private IReadOnlyList<JsonRecord> _records;

    private JsonRecords(SourceFile source, JsonContent content, IReadOnlyList<JsonRecord> records, string? key) =>
        (_source, _content, _records, _key) = (source, content, records, key);

    public long Row { get; private set; }

    private JsonRecord Current => _records[(int)Row - 1];

    /// <param name="path">Where the records are, with dots: <c>data.items</c>; null: they are the whole.</param>
    /// <param name="key">The name by which the name of a record in an object is known; null: none.</param>
    /// <exception cref="StageException">The file cannot be read, or has no records there.</exception>
    public static JsonRecords Open(SourceFile source, string? path, string? key, string encoding)
    {
        var content = JsonContent.Read(source, encoding);
        return new(source, content, content.Records(path), key);
    }

    public string this[int column] => _paths[column] is [var name] && name == _key ? Current.Key ?? "" : Value(_paths[column]);

    public int IndexOf(string column, string parameter)
    {
        var path = column.Split('.');
        if (column == _key ? _records.All(record => record.Key is null) : !_records.Any(record => Find(record.Value, path) is not null))
            throw _source.Wrong(null, column == _key ? "its records have no names" : $"no record has '{column}'", Names(), parameter);
        _paths.Add(path);
        return _paths.Count - 1;
    }

    public ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        if (Row == _records.Count)
            return new(false);
        Row++;
        return Current.Value.ValueKind == JsonValueKind.Object
            ? new(true)
            : throw Wrong(
                $"a record is an object of fields, this one is {Word(Current.Value)}",
                "do the records lie elsewhere? name their path with records");
    }

    public StageException Wrong(string what, string? help, string? parameter = null) => _source.Wrong(Current.Place, what, help, parameter);

    public void Dispose()
    {
        _records = [];
        _content.Dispose();
    }

    private string Value(string[] path)
    {
        if (Find(Current.Value, path) is not { } value)
            return "";
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            JsonValueKind.Null => "",
            _ => throw Wrong(
                $"'{string.Join('.', path)}' is {Word(value)}",
                "a column holds texts, numbers, true or false; name a field inside it with a dot"),
        };
    }

    private static JsonElement? Find(JsonElement value, string[] path)
    {
        foreach (var name in path)
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return null;
        return value;
    }

    private string? Names()
    {
        var names = _records.Where(record => record.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(record => record.Value.EnumerateObject().Select(field => field.Name)).Distinct().Take(MaxNamesListed).ToList();
        return names.Count == 0 ? null : $"the records have {string.Join(", ", names.Select(name => $"'{name}'"))}";
    }

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}

/// <param name="Key">Its name in an object of records; null: it has none.</param>
/// <param name="Place">For messages.</param>
internal sealed record JsonRecord(JsonElement Value, string? Key, string Place);

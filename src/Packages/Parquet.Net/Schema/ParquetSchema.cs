using System.Text;

namespace Parquet.Schema;

/// <summary>The columns of a file; building one gives its fields their levels.</summary>
public class ParquetSchema : IEquatable<ParquetSchema>
{
    public const string PathSeparator = ".";

    public const char PathSeparatorChar = '.';

    private readonly List<Field> _fields;

    /// <exception cref="ArgumentException">There is no field.</exception>
    public ParquetSchema(IEnumerable<Field> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        _fields = [.. fields];
        if (_fields.Count == 0)
        {
            throw new ArgumentException("at least one field is required", nameof(fields));
        }

        foreach (var field in _fields)
        {
            field.PropagateLevels(0, 0);
        }
    }

    /// <exception cref="ArgumentException">There is no field.</exception>
    public ParquetSchema(params Field[] fields)
        : this((IEnumerable<Field>)fields)
    {
    }

    public IReadOnlyList<Field> Fields => _fields;

    /// <summary>All columns, in the order in which they are written.</summary>
    public DataField[] DataFields => GetDataFields();

    public Field this[int i] => _fields[i];

    public DataField[] GetDataFields() => [.. _fields.SelectMany(Columns)];

    /// <exception cref="ArgumentException">There is no such column.</exception>
    public DataField FindDataField(FieldPath path) =>
        DataFields.FirstOrDefault(field => field.Path.Equals(path))
        ?? throw new ArgumentException($"data field '{path}' not found", nameof(path));

    /// <summary>Finds a column that lies in no list or struct.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public DataField FindDataField(string path) => FindDataField(new FieldPath(path));

    public bool Equals(ParquetSchema? other) => other is not null && DataFields.SequenceEqual(other.DataFields);

    public override bool Equals(object? obj) => Equals(obj as ParquetSchema);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var field in DataFields)
        {
            hash.Add(field);
        }

        return hash.ToHashCode();
    }

    /// <summary>Says in words where two schemas differ.</summary>
    public string GetNotEqualsMessage(ParquetSchema other, string thisName, string otherName)
    {
        ArgumentNullException.ThrowIfNull(other);
        var mine = DataFields;
        var theirs = other.DataFields;
        if (mine.Length != theirs.Length)
        {
            return $"different number of elements ({mine.Length} != {theirs.Length})";
        }

        var different = mine.Zip(theirs).Where(pair => !pair.First.Equals(pair.Second));
        return string.Join(", ", different.Select(pair => $"[{thisName}: {pair.First}] != [{otherName}: {pair.Second}]"));
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var field in _fields)
        {
            text.Append(field).AppendLine();
        }

        return text.ToString();
    }

    private static IEnumerable<DataField> Columns(Field field) => field switch
    {
        DataField column => [column],
        ListField list => Columns(list.Item),
        MapField map => [.. Columns(map.Key), .. Columns(map.Value)],
        StructField group => group.Fields.SelectMany(Columns),
        _ => [],
    };
}

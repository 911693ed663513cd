namespace Parquet.Schema;

/// <summary>The names that lead from the root of a schema to a field.</summary>
public sealed class FieldPath : IEquatable<FieldPath>
{
    private readonly List<string> _parts;

    public FieldPath(string firstPart)
    {
        ArgumentNullException.ThrowIfNull(firstPart);
        _parts = [firstPart];
    }

    public FieldPath(IEnumerable<string> parts) => _parts = [.. parts.Where(part => !string.IsNullOrEmpty(part))];

    public FieldPath(params string[] parts)
        : this((IEnumerable<string>)parts)
    {
    }

    public string? FirstPart => _parts.Count == 0 ? null : _parts[0];

    public int Length => _parts.Count;

    public string this[int i] => _parts[i];

    public static FieldPath operator +(FieldPath? left, FieldPath? right) => new([.. left?._parts ?? [], .. right?._parts ?? []]);

    public List<string> ToList() => [.. _parts];

    public bool Equals(FieldPath? other) => other is not null && _parts.SequenceEqual(other._parts);

    public override bool Equals(object? obj) => Equals(obj as FieldPath);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in _parts)
        {
            hash.Add(part, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The parts with slashes between them.</summary>
    public override string ToString() => string.Join('/', _parts);
}

namespace Parquet.Schema;

/// <summary>A group of fields that belong together.</summary>
public class StructField : Field
{
    private readonly List<Field> _fields = [];

    public StructField(string name, params Field[] elements)
        : this(name)
    {
        if (elements is null || elements.Length == 0)
        {
            throw new ArgumentException($"structure '{name}' requires at least one element", nameof(elements));
        }

        _fields.AddRange(elements);
        PathPrefix = null;
    }

    private StructField(string name)
        : base(name, SchemaType.Struct) => IsNullable = true;

    public IReadOnlyList<Field> Fields => _fields;

    internal override FieldPath? PathPrefix
    {
        set
        {
            Path = value + new FieldPath(Name);
            foreach (var child in _fields)
            {
                child.PathPrefix = Path;
            }
        }
    }

    internal static StructField WithoutFields(string name, bool isNullable) => new(name) { IsNullable = isNullable };

    internal override void Assign(Field child) => _fields.Add(child);

    internal override void PropagateLevels(int parentRepetitionLevel, int parentDefinitionLevel)
    {
        MaxRepetitionLevel = parentRepetitionLevel;
        MaxDefinitionLevel = parentDefinitionLevel + (IsNullable ? 1 : 0);
        foreach (var child in _fields)
        {
            child.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
        }
    }

    public override bool Equals(object? obj) => obj is StructField other && base.Equals(obj) && _fields.SequenceEqual(other._fields);

    public override int GetHashCode() => base.GetHashCode();
}

namespace Parquet.Schema;

/// <summary>A list of keys with their values.</summary>
public class MapField : Field
{
    private const string ContainerName = "key_value";

    private int _assigned;

    /// <exception cref="ArgumentException">The key may be missing.</exception>
    public MapField(string name, Field keyField, Field valueField)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(keyField);
        ArgumentNullException.ThrowIfNull(valueField);
        if (keyField is DataField { IsNullable: true })
        {
            throw new ArgumentException("map's key cannot be nullable", nameof(keyField));
        }

        Key = keyField;
        Value = valueField;
        _assigned = 2;
        PathPrefix = null;
    }

    internal MapField(string name)
        : base(name, SchemaType.Map)
    {
        Key = Value = new DataField<int>("invalid");
        IsNullable = true;
    }

    public Field Key { get; private set; }

    public Field Value { get; private set; }

    internal override FieldPath? PathPrefix
    {
        set
        {
            Path = value + new FieldPath(Name, ContainerName);
            Key.PathPrefix = Path;
            Value.PathPrefix = Path;
        }
    }

    internal override void Assign(Field child)
    {
        switch (_assigned++)
        {
            case 0:
                Key = child;
                break;
            case 1:
                Value = child;
                break;
            default:
                throw new InvalidDataException($"the map '{Name}' has more than a key and a value");
        }
    }

    internal override void PropagateLevels(int parentRepetitionLevel, int parentDefinitionLevel)
    {
        MaxRepetitionLevel = parentRepetitionLevel + 1;
        MaxDefinitionLevel = parentDefinitionLevel + (IsNullable ? 2 : 1);
        Key.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
        Value.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
    }

    public override bool Equals(object? obj) =>
        obj is MapField other && base.Equals(obj) && Key.Equals(other.Key) && Value.Equals(other.Value);

    public override int GetHashCode() => base.GetHashCode();
}

using Parquet.Meta;

namespace Parquet.Schema;

/// <summary>A node of a schema.</summary>
public abstract class Field
{
    protected Field(string name, SchemaType schemaType)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        SchemaType = schemaType;
        Path = new FieldPath(name);
    }

    public SchemaType SchemaType { get; }

    public string Name { get; }

    /// <summary>Where the field lies in the file, containers included.</summary>
    public FieldPath Path { get; internal set; }

    public virtual bool IsNullable { get; internal set; }

    /// <summary>How many repeated fields lie on the path.</summary>
    public int MaxRepetitionLevel { get; protected set; }

    /// <summary>How many optional or repeated fields lie on the path.</summary>
    public int MaxDefinitionLevel { get; protected set; }

    /// <summary>The file's own description of the field; null unless it was read from a file.</summary>
    public SchemaElement? SchemaElement { get; internal set; }

    /// <summary>Puts the field, and all below it, under a parent.</summary>
    internal abstract FieldPath? PathPrefix { set; }

    internal abstract void PropagateLevels(int parentRepetitionLevel, int parentDefinitionLevel);

    /// <summary>Takes a child while a schema is read from a file.</summary>
    internal virtual void Assign(Field child) => throw new InvalidDataException($"'{Name}' cannot hold '{child.Name}'");

    public override string ToString() => $"{Path} ({SchemaType}, RL: {MaxRepetitionLevel}, DL: {MaxDefinitionLevel})";

    public override bool Equals(object? obj) =>
        obj is Field other && SchemaType == other.SchemaType && Name == other.Name && Path.Equals(other.Path);

    public override int GetHashCode() => Path.GetHashCode();
}

using Parquet.Meta;

namespace Parquet.Schema;

/// <summary>A list of any length; the list itself may be missing or empty.</summary>
public class ListField : Field
{
    public const string ElementName = "element";

    public const string DefaultContainerName = "list";

    private bool _hasItem;

    public ListField(string name, Field item, string containerName = DefaultContainerName)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(item);
        Item = item;
        _hasItem = true;
        ContainerName = containerName;
        PathPrefix = null;
    }

    public ListField(
        string name,
        System.Type itemDataType,
        string? propertyName = null,
        string containerName = DefaultContainerName,
        string? elementName = null)
        : this(name, new DataField(elementName ?? name, itemDataType, propertyName: propertyName ?? name), containerName)
    {
    }

    private ListField(string name)
        : base(name, SchemaType.List)
    {
        ContainerName = DefaultContainerName;
        Item = new DataField<int>("invalid");
        IsNullable = true;
    }

    public Field Item { get; internal set; }

    internal string ContainerName { get; }

    /// <summary>The repeated group between the list and its items; null for the older layout without one.</summary>
    internal SchemaElement? GroupSchemaElement { get; set; }

    internal override FieldPath? PathPrefix
    {
        set
        {
            Path = value + new FieldPath(Name, ContainerName);
            Item.PathPrefix = Path;
        }
    }

    internal static ListField WithoutItem(string name, bool isNullable) => new(name) { IsNullable = isNullable };

    internal override void Assign(Field child)
    {
        if (_hasItem)
        {
            throw new InvalidDataException($"the list '{Name}' has more than one item field");
        }

        Item = child;
        _hasItem = true;
    }

    internal override void PropagateLevels(int parentRepetitionLevel, int parentDefinitionLevel)
    {
        var hasGroup = SchemaElement is null || GroupSchemaElement is not null;
        var groupIsOptional = SchemaElement is null || GroupSchemaElement?.RepetitionType != FieldRepetitionType.REQUIRED;
        MaxDefinitionLevel = parentDefinitionLevel + (IsNullable ? 1 : 0) + (hasGroup && groupIsOptional ? 1 : 0);
        MaxRepetitionLevel = parentRepetitionLevel + (hasGroup ? 1 : 0);
        Item.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
    }

    public override bool Equals(object? obj) => obj is ListField other && base.Equals(obj) && Item.Equals(other.Item);

    public override int GetHashCode() => base.GetHashCode();
}

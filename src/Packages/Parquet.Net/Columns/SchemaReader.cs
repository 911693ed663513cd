using Parquet.Meta;
using Parquet.Schema;

namespace Parquet.Columns;

/// <summary>Builds a schema from the flat list of elements in a footer.</summary>
/// <remarks>Lists follow the format's backward compatibility rules for the layouts that occur in practice.</remarks>
internal sealed class SchemaReader(IReadOnlyList<SchemaElement> elements, ParquetOptions options)
{
    private const int MaxDepth = 100;

    private int _next = 1;

    /// <exception cref="InvalidDataException">The elements do not form a tree.</exception>
    public ParquetSchema Read()
    {
        var fields = new List<Field>();
        ReadChildren(elements[0].NumChildren ?? 0, null, fields.Add, 0);
        return fields.Count > 0 ? new ParquetSchema(fields) : throw new InvalidDataException("the file has no columns");
    }

    private void ReadChildren(int count, SchemaElement? parent, Action<Field> add, int depth, FieldPath? path = null)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("the schema is nested too deeply");
        }

        for (var i = 0; i < count; i++)
        {
            var (field, children, owner) = ReadField(parent);
            field.Path = path + field.Path;
            if (children > 0)
            {
                ReadChildren(children, owner, field.Assign, depth + 1, field.Path);
            }

            add(field);
        }
    }

    /// <summary>Reads one field up to its children, which follow.</summary>
    private (Field Field, int Children, SchemaElement Owner) ReadField(SchemaElement? parent)
    {
        var element = Take();
        if (element.Type is not null)
        {
            return (DataFields.FromFile(element, options), 0, element);
        }

        if (element.ConvertedType == ConvertedType.LIST || element.Logical?.Kind == LogicalType.List)
        {
            return ReadList(element);
        }

        if (element.ConvertedType is ConvertedType.MAP or ConvertedType.MAP_KEY_VALUE)
        {
            return ReadMap(element);
        }

        return element.RepetitionType == FieldRepetitionType.REPEATED && parent?.ConvertedType is null && element.NumChildren == 1
            ? ReadImplicitList(element)
            : (StructOf(element), element.NumChildren ?? 0, element);
    }

    private (Field Field, int Children, SchemaElement Owner) ReadList(SchemaElement element)
    {
        var list = ListField.WithoutItem(element.Name, element.RepetitionType != FieldRepetitionType.REQUIRED);
        list.SchemaElement = element;
        var group = Peek();
        if (group.NumChildren is null or 0)
        {
            // The oldest layout: the repeated field itself is the item.
            list.Path = new FieldPath(element.Name);
            return (list, 1, element);
        }

        Take();
        list.GroupSchemaElement = group;
        list.Path = new FieldPath(element.Name, group.Name);
        return (list, 1, group);
    }

    private (Field Field, int Children, SchemaElement Owner) ReadMap(SchemaElement element)
    {
        var group = Take();
        if (group.NumChildren != 2)
        {
            throw new InvalidDataException($"the map '{element.Name}' has {group.NumChildren ?? 0} fields instead of a key and a value");
        }

        var map = new MapField(element.Name)
        {
            Path = new FieldPath(element.Name, group.Name),
            IsNullable = element.RepetitionType != FieldRepetitionType.REQUIRED,
            SchemaElement = element,
        };
        return (map, 2, group);
    }

    private static (Field Field, int Children, SchemaElement Owner) ReadImplicitList(SchemaElement element)
    {
        var list = ListField.WithoutItem(element.Name, isNullable: false);
        list.SchemaElement = element;
        list.GroupSchemaElement = element;
        list.Path = new FieldPath(element.Name);
        return (list, 1, element);
    }

    private static StructField StructOf(SchemaElement element)
    {
        var group = StructField.WithoutFields(element.Name, element.RepetitionType != FieldRepetitionType.REQUIRED);
        group.SchemaElement = element;
        return group;
    }

    private SchemaElement Peek() =>
        _next < elements.Count ? elements[_next] : throw new InvalidDataException("the schema ends too early");

    private SchemaElement Take()
    {
        var element = Peek();
        _next++;
        return element;
    }
}

using Parquet.Columns;

namespace Parquet.Schema;

/// <summary>A column.</summary>
public class DataField : Field
{
    private bool _isNullable;
    private bool _isArray;
    private bool _isAttached;

    /// <param name="name">The column's name.</param>
    /// <param name="clrType">Type of a value; T? for a nullable, an array for a repeated one; strings are nullable.</param>
    /// <param name="isNullable">Whether values may be missing, if that does not follow from the type.</param>
    /// <param name="isArray">Whether the column is repeated, if that does not follow from the type.</param>
    /// <param name="propertyName">Used by serialization only.</param>
    /// <exception cref="NotSupportedException">No column can hold this type.</exception>
    public DataField(string name, Type clrType, bool? isNullable = null, bool? isArray = null, string? propertyName = null)
        : base(name, SchemaType.Data)
    {
        ArgumentNullException.ThrowIfNull(clrType);
        var shape = ClrShape.Of(clrType);
        ClrType = ColumnTypes.IsKnown(shape.Element)
            ? shape.Element
            : throw new NotSupportedException($"type {clrType} is not supported");
        IsNullable = isNullable ?? shape.IsNullable;
        IsArray = isArray ?? shape.IsArray;
    }

    /// <summary>Type of a value that is not null.</summary>
    public Type ClrType { get; }

    /// <summary><see cref="ClrType"/>, as T? where values may be missing.</summary>
    public Type ClrNullableIfHasNullsType { get; set; } = typeof(void);

    public override bool IsNullable
    {
        get => _isNullable;
        internal set
        {
            _isNullable = value;
            ClrNullableIfHasNullsType = value && ClrType.IsValueType ? typeof(Nullable<>).MakeGenericType(ClrType) : ClrType;
        }
    }

    /// <summary>Whether the column is repeated without a list around it.</summary>
    public bool IsArray
    {
        get => _isArray;
        internal set
        {
            _isArray = value;
            MaxRepetitionLevel = value ? 1 : 0;
        }
    }

    internal override FieldPath? PathPrefix
    {
        set => Path = value + new FieldPath(Name);
    }

    /// <exception cref="ArgumentException">No schema was built with this field yet, so its levels are not known.</exception>
    internal void EnsureAttachedToSchema(string argumentName)
    {
        if (!_isAttached)
        {
            throw new ArgumentException(
                $"Field [{this}] is not attached to any schema. You need to construct a schema passing in this field first.",
                argumentName);
        }
    }

    internal override void PropagateLevels(int parentRepetitionLevel, int parentDefinitionLevel)
    {
        MaxRepetitionLevel = parentRepetitionLevel + (IsArray ? 1 : 0);
        MaxDefinitionLevel = parentDefinitionLevel + (IsArray || IsNullable ? 1 : 0);
        _isAttached = true;
    }

    public override string ToString() => $"{Path} ({ClrType}{(_isNullable ? "?" : "")}{(_isArray ? "[]" : "")})";

    public override bool Equals(object? obj) =>
        obj is DataField other && base.Equals(obj)
        && ClrType == other.ClrType && IsNullable == other.IsNullable && IsArray == other.IsArray;

    public override int GetHashCode() => base.GetHashCode();
}

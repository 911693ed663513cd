using Parquet.Meta;
using Physical = Parquet.Meta.Type;

namespace Pipelines.Stages.Tables;

/// <summary>
/// What a Parquet file says of a column: how its values are stored, and, once for older and once for newer readers, what they mean. Where
/// these contradict each other nobody can say what the values are (github.com/apache/parquet-format, LogicalTypes.md).
/// </summary>
internal static class ParquetTypes
{
    /// <exception cref="InvalidDataException">A column's types contradict each other.</exception>
    public static void Check(IEnumerable<SchemaElement> columns)
    {
        if (columns.FirstOrDefault(column => !IsPossible(column)) is { } column)
            throw new InvalidDataException($"the types it gives of the column '{column.Name}' contradict each other");
    }

    private static bool IsPossible(SchemaElement column) =>
        (column.ConvertedType is not { } converted || IsStoredAs(converted, column.Type))
        && (column.LogicalType is not { } logical || Meaning(logical) is not { } meanings
            || (column.ConvertedType is { } older ? meanings.Contains(older) : meanings.Any(meaning => IsStoredAs(meaning, column.Type))));

    /// <param name="stored">Null for a group of columns.</param>
    private static bool IsStoredAs(ConvertedType meaning, Physical? stored) => meaning switch
    {
        ConvertedType.LIST or ConvertedType.MAP or ConvertedType.MAP_KEY_VALUE => stored is null,
        ConvertedType.UTF8 or ConvertedType.ENUM or ConvertedType.JSON or ConvertedType.BSON => stored is Physical.BYTE_ARRAY,
        ConvertedType.DECIMAL =>
            stored is Physical.INT32 or Physical.INT64 or Physical.BYTE_ARRAY or Physical.FIXED_LEN_BYTE_ARRAY,
        ConvertedType.INTERVAL => stored is Physical.FIXED_LEN_BYTE_ARRAY,
        ConvertedType.TIME_MICROS or ConvertedType.TIMESTAMP_MILLIS or ConvertedType.TIMESTAMP_MICROS
            or ConvertedType.UINT_64 or ConvertedType.INT_64 => stored is Physical.INT64,
        ConvertedType.DATE or ConvertedType.TIME_MILLIS or ConvertedType.UINT_8 or ConvertedType.UINT_16 or ConvertedType.UINT_32
            or ConvertedType.INT_8 or ConvertedType.INT_16 or ConvertedType.INT_32 => stored is Physical.INT32,
        _ => false,
    };

    /// <summary>What older readers call it; null for a meaning that they do not know.</summary>
    private static ConvertedType[]? Meaning(LogicalType logical) => logical switch
    {
        { STRING: not null } => [ConvertedType.UTF8],
        { LIST: not null } => [ConvertedType.LIST],
        { MAP: not null } => [ConvertedType.MAP, ConvertedType.MAP_KEY_VALUE],
        { ENUM: not null } => [ConvertedType.ENUM],
        { JSON: not null } => [ConvertedType.JSON],
        { BSON: not null } => [ConvertedType.BSON],
        { DATE: not null } => [ConvertedType.DATE],
        { DECIMAL: not null } => [ConvertedType.DECIMAL],
        { INTEGER: { BitWidth: var width, IsSigned: var signed } } => [Integer(width, signed)],
        _ => null,
    };

    private static ConvertedType Integer(sbyte width, bool signed) => (width, signed) switch
    {
        (8, true) => ConvertedType.INT_8,
        (16, true) => ConvertedType.INT_16,
        (32, true) => ConvertedType.INT_32,
        (64, true) => ConvertedType.INT_64,
        (8, false) => ConvertedType.UINT_8,
        (16, false) => ConvertedType.UINT_16,
        (32, false) => ConvertedType.UINT_32,
        (64, false) => ConvertedType.UINT_64,
        _ => throw new InvalidDataException($"it has whole numbers of {width} bits"),
    };
}

namespace Parquet.Schema;

/// <summary>What a field is: a column, or a group of fields.</summary>
public enum SchemaType
{
    Data,
    Map,
    Struct,
    List,
}

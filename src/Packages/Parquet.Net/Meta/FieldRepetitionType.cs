namespace Parquet.Meta;

/// <summary>How often a field occurs in its parent: once, at most once, any number of times.</summary>
public enum FieldRepetitionType
{
    REQUIRED = 0,
    OPTIONAL = 1,
    REPEATED = 2,
}

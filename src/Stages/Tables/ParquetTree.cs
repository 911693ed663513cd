using Parquet.Meta;
using Physical = Parquet.Meta.Type;

namespace Pipelines.Stages.Tables;

/// <summary>
/// The columns of a Parquet file: the schema lists a tree in the order of its branches, and every row group has a part for each of its
/// leaves. The package takes columns that are left over for none (github.com/apache/parquet-format, README.md).
/// </summary>
internal static class ParquetTree
{
    // Whoever follows the tree by recursion has to have an end.
    private const int MaxDepth = 100;

    /// <exception cref="InvalidDataException">The schema is no tree, or a row group has other columns.</exception>
    public static void Check(FileMetaData file)
    {
        List<Leaf> leaves = [];
        if (End(file.Schema, 0, [], leaves) != file.Schema.Count)
            throw new InvalidDataException("its schema names columns that belong nowhere");
        foreach (var group in file.RowGroups)
            if (!group.Columns.Select(column => Leaf.Of(column.MetaData!)).SequenceEqual(leaves))
                throw new InvalidDataException("a part of its rows has other columns than its schema");
    }

    /// <param name="path">Names of the branches that it lies on, without that of the root.</param>
    /// <returns>Where the branch that begins there ends.</returns>
    private static int End(List<SchemaElement> schema, int start, IReadOnlyList<string> path, List<Leaf> leaves)
    {
        if (start >= schema.Count || path.Count > MaxDepth)
            throw new InvalidDataException("its schema ends early, or is deeper than any table");
        var element = schema[start];
        IReadOnlyList<string> own = start == 0 ? [] : [.. path, element.Name];
        var end = start + 1;
        if (element.Type is { } type)
            leaves.Add(new(Leaf.Joined(own), type));
        else
            for (var child = 0; child < (element.NumChildren ?? 0); child++)
                end = End(schema, end, own, leaves);
        return end;
    }

    /// <summary>A column as it is stored.</summary>
    private sealed record Leaf(string Path, Physical Type)
    {
        public static Leaf Of(ColumnMetaData column) => new(Joined(column.PathInSchema), column.Type);

        // No name ends in a zero byte by chance, and a full stop is allowed in one.
        public static string Joined(IEnumerable<string> names) => string.Join('\0', names);
    }
}

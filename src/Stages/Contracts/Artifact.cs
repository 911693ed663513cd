namespace Pipelines.Stages.Contracts;

/// <summary>An immutable, complete directory named by the hash of its content.</summary>
public abstract record Artifact(ContentHash Id, string Directory);

/// <summary>Rows in one Parquet file, with a <c>split</c> column where the data has splits.</summary>
/// <param name="Columns">In file order; a running stage sees only those it declares to read.</param>
/// <param name="EncodingHash">Hash of <see cref="Encoding"/>.</param>
public sealed record Table(ContentHash Id, string Directory, long Rows, IReadOnlyList<Column> Columns, ContentHash EncodingHash)
    : Artifact(Id, Directory)
{
    public const string FileName = "rows.parquet";

    /// <summary>
    /// Tables of the same rows in the same order, each with those of the <see cref="Columns"/> that it has and this one's file lacks:
    /// they passed the stages by that made this one (<see cref="SameRowsAsAttribute"/>).
    /// </summary>
    public IReadOnlyList<Table> Carried { get; init; } = [];

    /// <summary>The steps that turned text into these columns, read from the directory when asked for.</summary>
    public EncodingChain Encoding => EncodingChain.Read(Directory);

    public Column? Find(string name)
    {
        foreach (var column in Columns)
            if (column.Name == name)
                return column;
        return null;
    }

    /// <summary>The same rows with only these columns; a name that is not there is left out.</summary>
    public Table Only(IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        return Columns.All(column => wanted.Contains(column.Name)) ? this : this with
        {
            Columns = [.. Columns.Where(column => wanted.Contains(column.Name))],
        };
    }
}

/// <param name="Hash">Of the values in row order, whatever the file's row groups, encodings and compression.</param>
public sealed record Column(string Name, ColumnType Type, ContentHash Hash);

/// <summary>All that is needed to go from raw text to a labelled prediction: <c>config.json</c>, weights, encoding chain.</summary>
/// <param name="Architecture">Word that names the loader, e.g. <c>classifier</c>, <c>seq2seq</c>, <c>majority</c>.</param>
public sealed record Model(ContentHash Id, string Directory, string Architecture) : Artifact(Id, Directory)
{
    public const string ConfigFileName = "config.json";
    public const string WeightsFileName = "model.safetensors";

    public EncodingChain Encoding => EncodingChain.Read(Directory);
}

/// <summary>Named numbers, e.g. <c>test.exact_match</c>; sorted by name.</summary>
public sealed record Metrics(ContentHash Id, string Directory, IReadOnlyDictionary<string, double> Values) : Artifact(Id, Directory)
{
    public const string FileName = "metrics.json";
}

/// <summary>What a stage has to say in the report (<see cref="Cards.CardContent"/>).</summary>
public sealed record Card(ContentHash Id, string Directory) : Artifact(Id, Directory)
{
    public const string FileName = "card.json";
}

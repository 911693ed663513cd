using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;

namespace Pipelines.TestKit;

/// <summary>DuckDB as an independent reader and writer; for projects that set <c>RunsDuckDb</c>.</summary>
public sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckDb() => _connection.Open();

    /// <summary>Runs statements in a new database in memory and returns the rows of each.</summary>
    public static IReadOnlyList<object?[]>[] Run(params string[] statements)
    {
        using DuckDb database = new();
        return [.. statements.Select(database.Rows)];
    }

    /// <summary>Runs a statement and returns its rows, with null for what is missing.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Statements are written in tests.")]
    public IReadOnlyList<object?[]> Rows(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    public void Dispose() => _connection.Dispose();
}

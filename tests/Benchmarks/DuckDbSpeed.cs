using System.Diagnostics;
using Pipelines.TestKit;

namespace Pipelines.Benchmarks;

/// <summary>DuckDB on one thread: a Parquet file into a table in memory, and from there into a file of the same compression and row
/// groups.</summary>
internal static class DuckDbSpeed
{
    /// <summary>Seconds of the best repetition.</summary>
    public static (double Write, double Read) Measure(string file, int repetitions)
    {
        var copy = file + ".copy";
        using DuckDb database = new();
        database.Rows("set threads = 1");
        var read = Best(database, $"create or replace table rows as from '{file}'", repetitions);
        var write = Best(database, $"copy rows to '{copy}' (format parquet, compression zstd, compression_level 1, row_group_size 65536)",
            repetitions);
        File.Delete(copy);
        return (write, read);
    }

    private static double Best(DuckDb database, string statement, int repetitions) => Enumerable.Range(0, repetitions).Min(_ =>
    {
        var watch = Stopwatch.StartNew();
        database.Rows(statement);
        return watch.Elapsed.TotalSeconds;
    });
}

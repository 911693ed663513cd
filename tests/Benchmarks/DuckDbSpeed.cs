using System.Globalization;
using System.Text.Json;
using Pipelines.TestKit;

namespace Pipelines.Benchmarks;

/// <summary>DuckDB on one thread: a Parquet file into a table in memory, and from there into a file of the same compression and row groups.</summary>
internal static class DuckDbSpeed
{
    private const string Now = "select epoch_us(get_current_timestamp())";

    /// <summary>Seconds of the best repetition; null where DuckDB cannot be had.</summary>
    public static (double Write, double Read)? Measure(string file, int repetitions)
    {
        if (DuckDb.WhyMissing is not null)
            return null;
        var copy = file + ".copy";
        string[] read = [Now, $"create or replace table rows as from '{file}'"];
        string[] write = [Now, $"copy rows to '{copy}' (format parquet, compression zstd, compression_level 1, row_group_size 65536)"];
        var results = DuckDb.Run(["set threads = 1", .. Enumerable.Repeat(read, repetitions).SelectMany(r => r), .. Enumerable.Repeat(write, repetitions).SelectMany(w => w), Now]);
        File.Delete(copy);
        var times = results.Skip(1).Where((_, i) => i % 2 == 0).Select(Microseconds).ToArray();
        var seconds = times.Skip(1).Zip(times, (end, start) => (end - start) / 1e6).ToArray();
        return (seconds[repetitions..].Min(), seconds[..repetitions].Min());
    }

    private static long Microseconds(JsonElement rows) => long.Parse(rows[0][0].GetString()!, CultureInfo.InvariantCulture);
}

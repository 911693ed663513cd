using System.Diagnostics;
using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.TestKit;

namespace Pipelines.Benchmarks;

/// <summary>
/// Tables written and read as stages do it: megabytes a second of each kind of column and of all together, size of the file, peak memory,
/// also with ten times the rows; in the same run DuckDB on one thread. <c>parquet [ROWS [COLUMN...]]</c>.
/// </summary>
internal static class ParquetSpeed
{
    private const int Repetitions = 5;
    private const int WarmMilliseconds = 1_000;
    private const int DefaultRows = 1_000_000;
    private const int LargeTable = 10;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var rows = ParquetColumns.Whole(arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultRows);
        var columns = new ParquetColumns();
        string[] chosen = arguments.Length > 1 ? arguments[1..] : [.. columns.Names];
        Console.WriteLine(
            $"{rows} rows. MB: a million bytes of values in memory, 4 an int, 8 a double, UTF-8 of a string; no lengths, no levels.");
        Console.WriteLine(
            $"MB/s: best of {Repetitions}, median, and the most by processor time. Hashes of the columns are part of writing.");
        // Before DuckDB is in the process too.
        await MemoryAsync(columns, chosen, rows).ConfigureAwait(false);
        await MemoryAsync(columns, chosen, ParquetColumns.Whole(LargeTable * rows)).ConfigureAwait(false);
        Console.WriteLine("DuckDB's time as a multiple of ours: more than 1 is slower. Its writing hashes nothing.");
        Console.WriteLine("column           MB   file      write, median, processor       read, median, processor   DuckDB write    read");
        foreach (var names in chosen.Length > 1 ? chosen.Select(name => new[] { name }).Append(chosen) : [chosen])
            await MeasureAsync(columns, names, rows).ConfigureAwait(false);
        return 0;
    }

    private static async Task MeasureAsync(ParquetColumns columns, string[] names, int rows)
    {
        using var folder = new TempWorkspace();
        Table? table = null;
        var write = await BestAsync(() => Remove(table), async () => table = await WriteAsync(folder, columns, names, rows)
            .ConfigureAwait(false)).ConfigureAwait(false);
        var read = await BestAsync(() => { }, () => ReadAsync(table!)).ConfigureAwait(false);
        var file = Path.Combine(table!.Directory, Table.FileName);
        var size = columns.Bytes(names, rows) / 1e6;
        var peer = DuckDbSpeed.Measure(file, Repetitions);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(names.Length == 1 ? names[0] : "all"),-10} {size,8:F0} {new FileInfo(file).Length / 1e6,6:F0}  {write.Text(size)}  " +
                $"{read.Text(size)}  {Ratio(peer.Write, write)} {Ratio(peer.Read, read)}"));
    }

    private static async Task MemoryAsync(ParquetColumns columns, string[] names, int rows)
    {
        using var folder = new TempWorkspace();
        PeakMemory.Reset();
        var table = await WriteAsync(folder, columns, names, rows).ConfigureAwait(false);
        var written = PeakMemory.MiB;
        PeakMemory.Reset();
        await ReadAsync(table).ConfigureAwait(false);
        Console.WriteLine($"peak memory of the process with {rows,9} rows: {written} MiB writing, {PeakMemory.MiB} MiB reading");
    }

    private static Task<Table> WriteAsync(TempWorkspace folder, ParquetColumns columns, string[] names, int rows) =>
        new ArtifactWriter(folder.Root).TableAsync(EncodingChain.Empty, columns.RowsAsync(names, rows), CancellationToken.None);

    private static void Remove(Table? table)
    {
        if (table is not null)
            Directory.Delete(table.Directory, recursive: true);
    }

    private static async Task ReadAsync(Table table)
    {
        var rows = 0L;
        await foreach (var batch in table.ReadAsync(CancellationToken.None).ConfigureAwait(false))
            rows += batch.Count;
        if (rows != table.Rows)
            throw new InvalidDataException($"{rows} of {table.Rows} rows were read.");
    }

    // The first second counts only for the compiler.
    private static async Task<Times> BestAsync(Action before, Func<Task> work)
    {
        var seconds = new List<(double Wall, double Processor)>();
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < WarmMilliseconds;)
        {
            before();
            await work().ConfigureAwait(false);
        }
        for (var i = 0; i < Repetitions; i++)
        {
            before();
            var processor = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await work().ConfigureAwait(false);
            seconds.Add((watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds));
        }
        seconds = [.. seconds.OrderBy(time => time.Wall)];
        return new(seconds[0].Wall, seconds[Repetitions / 2].Wall, seconds.Min(time => time.Processor));
    }

    private static string Ratio(double theirs, Times ours) => string.Create(CultureInfo.InvariantCulture, $"{theirs / ours.Best,6:F2} x");

    private sealed record Times(double Best, double Median, double Processor)
    {
        public string Text(double size) =>
            string.Create(CultureInfo.InvariantCulture, $"{size / Best,9:F0} {size / Median,7:F0} {size / Processor,10:F0}");
    }
}

using Parquet;
using Parquet.Data;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>A table of every type that another program wrote, with the values it must have.</summary>
internal static class ForeignTable
{
    /// <summary>The table as DuckDB computes it; put the number of rows in place of ROWS.</summary>
    public const string Select =
        """
        select
            i::integer as i,
            if(i % 3 = 0, null, i * 1000000007) as l,
            if(i % 5 = 0, null, (i / 7)::float) as f,
            i / 7 as d,
            i % 2 = 0 as b,
            if(i % 11 = 0, null, 'label ' || (i % 40)) as few,
            'text é ' || i as many,
            case i % 4 when 0 then null when 1 then [] when 2 then [i, null] else [i, i + 1, i + 2] end as list,
            (i % 256)::utinyint as byte,
            timestamp '2020-01-01 00:00:00' + interval (i) second as moment,
            date '2020-01-01' + i::integer as day,
            { 'a': i, 'b': 'x' || i } as pair
        from (select range as i from range(ROWS))
        """;

    /// <summary>Reads a file and compares all values.</summary>
    public static async Task CheckAsync(Stream file, int rows)
    {
        var columns = await ReadAsync(file, rows);
        var ids = Enumerable.Range(0, rows).ToArray();
        Assert.Equal(ids, Values<int?>(columns["i"]).Select(i => i!.Value));
        Assert.Equal(ids.Select(i => i % 3 == 0 ? default(long?) : i * 1000000007L), Values<long?>(columns["l"]));
        Assert.Equal(ids.Select(i => i % 5 == 0 ? default(float?) : (float)(i / 7.0)), Values<float?>(columns["f"]));
        Assert.Equal(ids.Select(i => (double?)(i / 7.0)), Values<double?>(columns["d"]));
        Assert.Equal(ids.Select(i => (bool?)(i % 2 == 0)), Values<bool?>(columns["b"]));
        Assert.Equal(ids.Select(i => i % 11 == 0 ? null : $"label {i % 40}"), Values<string?>(columns["few"]));
        Assert.Equal(ids.Select(i => $"text é {i}"), Values<string?>(columns["many"]));
        Assert.Equal(ids.Select(i => (byte?)(i % 256)), Values<byte?>(columns["byte"]));
        Assert.Equal(ids.Select(i => (DateTime?)new DateTime(2020, 1, 1).AddSeconds(i)), Values<DateTime?>(columns["moment"]));
        Assert.Equal(ids.Select(i => (DateTime?)new DateTime(2020, 1, 1).AddDays(i)), Values<DateTime?>(columns["day"]));
        Assert.Equal(ids.Select(i => (long?)i), Values<long?>(columns["pair/a"]));
        Assert.Equal(ids.Select(i => $"x{i}"), Values<string?>(columns["pair/b"]));
        Assert.Equal(ids.Select(ExpectedList), Lists(columns["list/list/element"]));
    }

    private static async Task<Dictionary<string, List<DataColumn>>> ReadAsync(Stream file, int rows)
    {
        using var reader = await ParquetReader.CreateAsync(file);
        Assert.Equal(rows, reader.Metadata!.NumRows);
        var columns = new Dictionary<string, List<DataColumn>>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            foreach (var column in await reader.ReadEntireRowGroupAsync(i))
            {
                var path = column.Field.Path.ToString();
                columns.TryAdd(path, []);
                columns[path].Add(column);
            }
        }

        return columns;
    }

    private static IEnumerable<T> Values<T>(List<DataColumn> columns) => columns.SelectMany(column => (T[])column.Data);

    private static string ExpectedList(int i) => (i % 4) switch
    {
        0 => "null",
        1 => "",
        2 => $"{i},-",
        _ => $"{i},{i + 1},{i + 2}",
    };

    /// <summary>Every list as text: null, items with commas between them, a dash for a missing item.</summary>
    private static IEnumerable<string> Lists(List<DataColumn> columns)
    {
        foreach (var column in columns)
        {
            var values = (long?[])column.Data;
            string? list = null;
            for (var i = 0; i < values.Length; i++)
            {
                if (column.RepetitionLevels![i] == 0 && list is not null)
                {
                    yield return list;
                }

                list = column.RepetitionLevels[i] > 0 ? list + "," : "";
                list += column.DefinitionLevels![i] switch { 0 => "null", 1 => "", 2 => "-", _ => $"{values[i]}" };
            }

            yield return list!;
        }
    }
}

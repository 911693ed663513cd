using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Pipelines.Tests.Packages.Parquet;

/// <summary>Damaged files are refused with an exception that says so; nothing crashes, hangs or asks for endless memory.</summary>
public sealed class DamagedFileTests
{
    private const int Seed = 20260;
    private const long MostBytes = 512L << 20;

    private static readonly CompressionMethod[] Compressions =
        [CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Zstd, CompressionMethod.Brotli];

    [StandInFact]
    public async Task Flipped_bytes_are_noticed_or_harmless()
    {
        var random = new Random(Seed);
        foreach (var compression in Compressions)
        {
            var file = await SampleAsync(compression);
            for (var i = 0; i < 1500; i++)
            {
                var damaged = (byte[])file.Clone();
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                await CheckAsync(damaged, $"{compression}, case {i}");
            }
        }
    }

    [StandInFact]
    public async Task Damaged_footers_are_noticed_or_harmless()
    {
        var random = new Random(Seed);
        var file = await SampleAsync(CompressionMethod.None);
        var footer = BitConverter.ToInt32(file, file.Length - 8);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = (byte[])file.Clone();
            damaged[file.Length - 8 - random.Next(footer)] ^= (byte)(1 << random.Next(8));
            await CheckAsync(damaged, $"footer, case {i}");
        }
    }

    [StandInFact]
    public async Task Truncated_files_are_refused()
    {
        var file = await SampleAsync(CompressionMethod.Snappy);
        for (var length = 0; length < file.Length; length += 7)
        {
            await Assert.ThrowsAnyAsync<IOException>(() => InMemoryFile.ReadAsync(file[..length]));
        }
    }

    [StandInFact]
    public async Task Pages_that_are_cut_short_are_refused()
    {
        var random = new Random(Seed);
        var file = await SampleAsync(CompressionMethod.None);
        var footer = BitConverter.ToInt32(file, file.Length - 8) + 8;
        for (var i = 0; i < 300; i++)
        {
            // The middle goes, head and footer stay: offsets point to the wrong places.
            var from = random.Next(4, file.Length - footer);
            var to = random.Next(from, file.Length - footer);
            await CheckAsync([.. file[..from], .. file[to..]], $"cut, case {i}");
        }
    }

    private static async Task CheckAsync(byte[] file, string name)
    {
        var before = GC.GetTotalAllocatedBytes();
        try
        {
            foreach (var column in (await InMemoryFile.ReadAsync(file)).SelectMany(group => group))
            {
                _ = column.Data.Length;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ParquetException
            or NotSupportedException or NotImplementedException)
        {
            // Noticed.
        }
        catch (Exception e)
        {
            Assert.Fail($"{name}: {e}");
        }

        var allocated = GC.GetTotalAllocatedBytes() - before;
        Assert.True(allocated < MostBytes, $"{name}: {allocated} bytes");
    }

    private static async Task<byte[]> SampleAsync(CompressionMethod compression)
    {
        var random = new Random(1);
        var numbers = new ListField("numbers", new DataField<int>("element"));
        var schema = new ParquetSchema(
            new DataField<int>("few"), new DataField<long?>("many"), new DataField<double>("real"),
            new DataField<bool>("truth"), new DataField<string>("label"), new DataField<string>("text"), numbers);
        const int rows = 300;
        var ids = Enumerable.Range(0, rows).ToArray();
        var levels = ids.Select(i => i % 3 == 0 ? 0 : 1).ToArray();
        Array[] values =
        [
            ids.Select(i => i % 20).ToArray(), ids.Select(i => i % 9 == 0 ? default(long?) : i * 5L).ToArray(),
            ids.Select(_ => random.NextDouble()).ToArray(), ids.Select(i => i % 7 == 0).ToArray(),
            ids.Select(i => i % 5 == 0 ? null : $"label {i % 4}").ToArray(), ids.Select(i => $"text {i}").ToArray(),
        ];
        var columns = schema.DataFields.Zip(values, (field, array) => new DataColumn(field, array)).ToList();
        columns.Add(new DataColumn((DataField)numbers.Item, ids.Concat(ids).Concat(ids).ToArray(), [.. levels, .. levels, .. levels]));
        return await InMemoryFile.WriteAsync(schema, [[.. columns]], compression);
    }
}

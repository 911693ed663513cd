using System.Runtime.CompilerServices;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Benchmarks;

/// <summary>The columns of text experiments, each named by what it holds; equal in every run.</summary>
internal sealed class ParquetColumns
{
    private const int BatchRows = 1 << 14;
    private const int Batches = 8;
    private const int Vocabulary = 40_000;
    private const int MaxWords = 24;

    /// <summary>The batches that a table repeats: values of two row groups, so that no row group is known from the one before.</summary>
    private readonly RowBatch[] _batches;

    private readonly string[] _words;
    private readonly string[] _plainWords;

    public ParquetColumns()
    {
        var random = new Random(7);
        _words = [.. Enumerable.Range(0, Vocabulary + 1).Select(_ => Word(random))];
        _plainWords = [.. _words.Select(word => word.Replace('é', 'e'))];
        _batches = [.. Enumerable.Range(0, Batches).Select(_ => Batch(random))];
    }

    public IReadOnlyList<string> Names => [.. _batches[0].Columns.Select(column => column.Name)];

    /// <summary>Rows of the named columns, a batch at a time.</summary>
    public async IAsyncEnumerable<RowBatch> RowsAsync(
        string[] names, int rows, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var batches = _batches.Select(batch => new RowBatch(BatchRows, [.. names.Select(name => batch[name])])).ToArray();
        for (var i = 0; i < CountOf(rows); i++)
            yield return batches[i % Batches];
        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>Bytes of the values: 4 an int, 8 a double, the UTF-8 bytes of a string; neither lengths nor levels.</summary>
    public long Bytes(string[] names, int rows) =>
        Enumerable.Range(0, CountOf(rows)).GroupBy(i => i % Batches)
            .Sum(group => group.Count() * names.Sum(name => Bytes(_batches[group.Key][name])));

    /// <summary>Rows rounded up to whole batches.</summary>
    public static int Whole(int rows) => CountOf(rows) * BatchRows;

    private static int CountOf(int rows) => (rows + BatchRows - 1) / BatchRows;

    public static long Bytes(ColumnData column) => column switch
    {
        Values<int> ints => sizeof(int) * (long)ints.Items.Length,
        Values<double> doubles => sizeof(double) * (long)doubles.Items.Length,
        Values<string> strings => strings.Items.Sum(text => (long)Encoding.UTF8.GetByteCount(text)),
        Lists<int> lists => sizeof(int) * (long)lists.Items.Length,
        _ => throw new ArgumentException(column.GetType().Name),
    };

    private RowBatch Batch(Random random)
    {
        var texts = Rows(_ => Enumerable.Range(0, random.Next(1, MaxWords)).Select(_ => Rank(random)).ToArray());
        var offsets = new int[BatchRows + 1];
        for (var row = 0; row < BatchRows; row++)
            offsets[row + 1] = offsets[row] + texts[row].Length;
        return new(
            BatchRows,
            [
                new Values<int>("numbers", Rows(_ => random.Next())),
                new Values<int>("lengths", Rows(row => texts[row].Length)),
                new Values<double>("scores", Rows(_ => random.NextDouble())),
                new Values<string>("labels", Rows(_ => string.Concat("class ", (char)('A' + random.Next(26))))),
                new Values<string>("sentences", Rows(row => string.Join(' ', texts[row].Select(rank => _plainWords[rank])))),
                new Values<string>("accented", Rows(row => string.Join(' ', texts[row].Select(rank => _words[rank])))),
                new Lists<int>("tokens", [.. texts.SelectMany(text => text)], offsets),
            ]);
    }

    private static T[] Rows<T>(Func<int, T> value) => [.. Enumerable.Range(0, BatchRows).Select(value)];

    // One to five syllables.
    private static string Word(Random random) =>
        string.Concat(
            Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"{"bcdfglmnprstv"[random.Next(13)]}{"aaeeiouoé"[random.Next(9)]}"));

    // Frequent words are drawn more often, as in real texts.
    private static int Rank(Random random) => (int)Math.Pow(Vocabulary, random.NextDouble());
}

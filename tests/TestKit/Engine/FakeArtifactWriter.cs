using System.Globalization;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.TestKit.Engine;

/// <summary>Writes tables of numbers as text between Parquet's marks, so that tests of the engine need no Parquet.</summary>
public sealed class FakeArtifactWriter(string folder) : IArtifactWriter
{
    private int _count;

    public async Task<Table> TableAsync(EncodingChain encoding, IAsyncEnumerable<RowBatch> batches, CancellationToken cancellation)
    {
        var columns = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        await foreach (var batch in batches.WithCancellation(cancellation))
            foreach (var column in batch.Columns)
            {
                if (!columns.TryGetValue(column.Name, out var values))
                    columns.Add(column.Name, values = []);
                values.AddRange(((Values<int>)column).Items);
            }
        var text = string.Concat(columns.Select(column => $"{column.Key} {Numbers(column.Value)}\n"));
        var target = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(target, Table.FileName), $"PAR1\n{text}PAR1", cancellation);
        await File.WriteAllBytesAsync(Path.Combine(target, EncodingChain.FileName), encoding.ToBytes(), cancellation);
        return new(
            HashOf(text), target, columns.Values.First().Count,
            [.. columns.Select(column => new Column(column.Key, ColumnType.Of<int>(), HashOf(Numbers(column.Value))))],
            ContentHash.Of(encoding.ToBytes()));
    }

    public async Task<Model> ModelAsync(
        string architecture, EncodingChain encoding, Func<string, Task> save, CancellationToken cancellation)
    {
        var target = NewFolder();
        await save(target);
        return new(HashOf(await File.ReadAllTextAsync(Path.Combine(target, Model.ConfigFileName), cancellation)), target, architecture);
    }

    public async Task<Metrics> MetricsAsync(IReadOnlyDictionary<string, double> values, CancellationToken cancellation)
    {
        var target = NewFolder();
        var text = string.Join('\n', values.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Key} {item.Value}")));
        await File.WriteAllTextAsync(Path.Combine(target, Metrics.FileName), text, cancellation);
        return new(HashOf(text), target, values);
    }

    public async Task<Card> CardAsync(CardContent content, CancellationToken cancellation)
    {
        var target = NewFolder();
        var text = string.Join('\n', content.Items.Select(item => item.ToString()));
        await File.WriteAllTextAsync(Path.Combine(target, Card.FileName), text, cancellation);
        return new(HashOf(text), target);
    }

    /// <summary>The numbers of one column of a table this class wrote.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<int> Read(Table table, string column)
    {
        if (table.Find(column) is null)
            throw new KeyNotFoundException($"column '{column}' is not declared");
        var text = File.ReadAllText(Path.Combine(table.Directory, Table.FileName));
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(column + " ", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"no column '{column}' in the file");
        return [.. line[(column.Length + 1)..].Split(' ').Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException($"'{number}' is no number"))];
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(folder, $"{++_count}")).FullName;

    private static string Numbers(IEnumerable<int> values) =>
        string.Join(' ', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static ContentHash HashOf(string text) => ContentHash.Of(Encoding.UTF8.GetBytes(text));
}

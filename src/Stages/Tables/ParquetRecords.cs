using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Tables;

/// <summary>The rows of a Parquet file of another program, a row group at a time.</summary>
internal sealed class ParquetRecords : IRecords
{
    private readonly SourceFile _source;
    private readonly IReadOnlyList<string> _names;
    private readonly List<string> _wanted = [];
    private IAsyncEnumerator<RowBatch>? _batches;
    private ColumnData[] _columns = [];
    private int _count;
    private int _next;

    private ParquetRecords(SourceFile source, IReadOnlyList<string> names) => (_source, _names) = (source, names);

    public long Row { get; private set; }

    public string this[int column] =>
        _columns[column] is Values<string> texts ? texts[_next - 1] ?? "" : CellFormat.Of(_columns[column], _next - 1);

    /// <exception cref="StageException">The file is no Parquet.</exception>
    public static async ValueTask<IRecords> OpenAsync(SourceFile source, CancellationToken cancellation)
    {
        if (!File.Exists(source.Path))
            throw source.Wrong(null, "this is a folder, not a file", "name a file in it");
        return new ParquetRecords(
            source, await ImportedParquet.NamesAsync(source.Path, source.Called, source.Parameter, cancellation).ConfigureAwait(false));
    }

    public int IndexOf(string column, string parameter)
    {
        if (!_names.Contains(column))
            throw _source.Wrong(
                null, $"there is no column '{column}'", $"the columns are {string.Join(", ", _names.Select(name => $"'{name}'"))}",
                parameter);
        _wanted.Add(column);
        return _wanted.Count - 1;
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        _batches ??= (await ImportedParquet.OpenAsync(
            _source.Path, _source.Called, new Dictionary<string, ColumnType>(), _source.Parameter, _wanted, cancellation)
            .ConfigureAwait(false)).ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (_next == _count)
        {
            if (!await _batches.MoveNextAsync().ConfigureAwait(false))
                return false;
            _columns = [.. _wanted.Select(name => _batches.Current[name])];
            (_next, _count) = (0, _batches.Current.Count);
        }
        _next++;
        Row++;
        return true;
    }

    public StageException Wrong(string what, string? help, string? parameter = null) => _source.Wrong($"row {Row}", what, help, parameter);

    public void Dispose()
    {
    }
}

using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>The records of a file that others wrote, one after the other, with their fields as texts.</summary>
internal interface IRecords : IDisposable
{
    /// <summary>Counts from 1.</summary>
    long Row { get; }

    /// <summary>A field of the record; empty where the record has none, or null.</summary>
    string this[int column] { get; }

    /// <param name="parameter">The one that names the field.</param>
    /// <exception cref="StageException">No record has such a field.</exception>
    int IndexOf(string column, string parameter);

    /// <exception cref="StageException">What is next is no record.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellation);

    /// <summary>Something about the record, with its place.</summary>
    StageException Wrong(string what, string? help, string? parameter = null);
}

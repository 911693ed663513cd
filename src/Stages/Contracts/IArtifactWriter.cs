using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Contracts;

/// <summary>The only way to make an artifact. What it returns is complete on disk, hashed, and read-only from then on.</summary>
public interface IArtifactWriter
{
    /// <summary>
    /// Writes the batches as one table; there must be at least one (it may have 0 rows), and all must have the same columns.
    /// </summary>
    Task<Table> TableAsync(EncodingChain encoding, IAsyncEnumerable<RowBatch> batches, CancellationToken cancellation);

    /// <summary>Makes a bundle: <paramref name="save"/> fills the given directory with <c>config.json</c> and weights.</summary>
    Task<Model> ModelAsync(string architecture, EncodingChain encoding, Func<string, Task> save, CancellationToken cancellation);

    Task<Metrics> MetricsAsync(IReadOnlyDictionary<string, double> values, CancellationToken cancellation);

    Task<Card> CardAsync(CardContent content, CancellationToken cancellation);
}

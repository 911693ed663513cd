using System.Text.Json;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Execution;

/// <summary>
/// Writes what a plugin's stage makes. Its models hold the hash of the plugin's code, which may be what predicts with them: another code
/// is another model, so that whatever predicted with the old one runs again.
/// </summary>
internal sealed class PluginModels(IArtifactWriter writer, PluginCode plugin) : IArtifactWriter
{
    private const string FileName = "plugin.json";

    public Task<Model> ModelAsync(string architecture, EncodingChain encoding, Func<string, Task> save, CancellationToken cancellation) =>
        writer.ModelAsync(architecture, encoding, async directory =>
        {
            await save(directory).ConfigureAwait(false);
            var code = JsonSerializer.SerializeToUtf8Bytes(new { Code = plugin.Hash.Hex }, Json.Indented);
            await File.WriteAllBytesAsync(Path.Combine(directory, FileName), code, cancellation).ConfigureAwait(false);
        }, cancellation);

    public Task<Table> TableAsync(EncodingChain encoding, IAsyncEnumerable<RowBatch> batches, CancellationToken cancellation) =>
        writer.TableAsync(encoding, batches, cancellation);

    public Task<Metrics> MetricsAsync(IReadOnlyDictionary<string, double> values, CancellationToken cancellation) =>
        writer.MetricsAsync(values, cancellation);

    public Task<Card> CardAsync(CardContent content, CancellationToken cancellation) => writer.CardAsync(content, cancellation);
}

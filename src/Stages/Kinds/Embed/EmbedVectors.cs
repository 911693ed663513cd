using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables.Files;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Reads word vectors that others trained, and says how many of the words of some texts have one.</summary>
[Stage("embed/vectors", Version = 1)]
public sealed class EmbedVectors : Stage<EmbedVectors.Inputs, EmbedVectors.Params, EmbedVectors.Outputs>
{
    private const int BatchRows = 1 << 12;

    public sealed record Inputs([Reads(Columns.Split + "?", Columns.Ids, Columns.Length)] Table? Rows);

    public sealed record Params(InputFile File, int? Words = null, string Encoding = "utf-8")
    {
        public string Encoding { get; init; } = TextEncoding.Checked(Encoding);
    }

    public sealed record Outputs([Writes(Columns.Word, Columns.Vector)] Table Vectors, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var counts = inputs.Rows is { } rows ? await TokenCounts.ReadAsync(rows, cancellation).ConfigureAwait(false) : null;
        var file = new VectorFile(parameters.File, parameters.Encoding);
        var reading = new VectorReading(file, parameters.Words, counts?.Words);
        var vectors = await context.Write.TableAsync(EncodingChain.Empty, BatchesAsync(reading, context, cancellation), cancellation)
            .ConfigureAwait(false);
        if (vectors.Rows == 0)
            throw new StageException($"No word of the texts has a vector in '{Path.GetFileName(parameters.File.Path)}'.")
            {
                Help = "are the vectors of the language of the texts? most files have words in lower case only",
                Parameter = "file",
            };
        var coverage = counts is null ? null : new VectorCoverage(counts, reading.Found);
        var metrics = coverage?.Metrics() ?? new Dictionary<string, double> { ["word_vectors"] = vectors.Rows };
        var card = new CardContent([
            new Fact("word_vectors", vectors.Rows), new Fact("width", file.Width), new Fact("lines", file.Lines),
            .. reading.Items(), .. coverage?.Items() ?? []]);
        return new(
            vectors, await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static async IAsyncEnumerable<RowBatch> BatchesAsync(
        VectorReading reading, StageContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var part in reading.Read().Chunk(BatchRows))
        {
            yield return WordVectors.Batch(part);
            context.Progress.Report(new(reading.Found.Count, null, "words"));
            cancellation.ThrowIfCancellationRequested();
        }
        if (reading.Found.Count == 0)
            yield return WordVectors.Batch([]);
        await Task.CompletedTask.ConfigureAwait(false);
    }
}

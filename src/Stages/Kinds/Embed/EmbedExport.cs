using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Writes word vectors, and where a map put the words, as other programs read them.</summary>
[Stage("embed/export", Version = 1)]
public sealed class EmbedExport : Stage<EmbedExport.Inputs, EmbedExport.Params, EmbedExport.Outputs>
{
    private const string ArchitectureName = "vectors";

    public sealed record Inputs(
        [Reads(Columns.Word, Columns.Vector)] Table Vectors, [Reads(Columns.Word, "group", "x", "y")] Table? Map);

    public sealed record Params;

    public sealed record Outputs([NoLabels] Model Files, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var vectors = await WordVectors.ReadAsync(inputs.Vectors, cancellation).ConfigureAwait(false);
        var map = inputs.Map is null ? [] : await PointsAsync(inputs.Map, cancellation).ConfigureAwait(false);
        var files = await context.Write.ModelAsync(ArchitectureName, EncodingChain.Empty, async folder =>
        {
            ProjectorFiles.Write(folder, vectors, inputs.Map is null ? null : GroupsOf(map));
            await TableWriter.CopyAsync(inputs.Vectors, Path.Combine(folder, "vectors.parquet"), cancellation).ConfigureAwait(false);
            if (inputs.Map is null)
                return;
            ProjectorFiles.WriteLines(folder, "map.tsv", map.Select(Line).Prepend("word\tgroup\tx\ty"));
            await TableWriter.CopyAsync(inputs.Map, Path.Combine(folder, "map.parquet"), cancellation).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
        CardContent card = new(
            new Fact("word_vectors", vectors.Words.Count, ValueFormat.Integer), new Fact("width", vectors.Width, ValueFormat.Integer),
            ExportedFiles.GridOf(files));
        return new(files, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static async Task<List<ScatterPoint>> PointsAsync(Table map, CancellationToken cancellation)
    {
        List<ScatterPoint> points = [];
        await foreach (var batch in map.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var (words, groups) = (batch.Values<string>(Columns.Word), batch.Values<string>("group"));
            var (xs, ys) = (batch.Values<double>("x"), batch.Values<double>("y"));
            points.AddRange(Enumerable.Range(0, batch.Count).Select(row => new ScatterPoint(words[row], groups[row], xs[row], ys[row])));
        }
        return points;
    }

    /// <summary>Words that are not on the map have no group.</summary>
    private static Func<string, string> GroupsOf(List<ScatterPoint> map)
    {
        var groups = map.ToDictionary(point => point.Label, point => point.Group, StringComparer.Ordinal);
        return word => groups.GetValueOrDefault(word, "");
    }

    private static string Line(ScatterPoint point) => string.Create(
        CultureInfo.InvariantCulture, $"{ProjectorFiles.Cell(point.Label)}\t{ProjectorFiles.Cell(point.Group)}\t{point.X:R}\t{point.Y:R}");
}

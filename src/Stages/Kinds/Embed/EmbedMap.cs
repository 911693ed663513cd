using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Draws words in the plane so that near vectors are near.</summary>
[Stage("embed/map", Version = 1, Uses = Uses.Seed)]
public sealed class EmbedMap : Stage<EmbedMap.Inputs, EmbedMap.Params, EmbedMap.Outputs>
{
    private const string Ungrouped = "–";

    public sealed record Inputs([Reads(Columns.Word, Columns.Vector)] Table Vectors);

    public sealed record Params(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups = null, int Words = 200,
        [DefaultCase("tsne")] Projection? Method = null);

    public sealed record Outputs([Writes(Columns.Word, "group", "x", "y")] Table Points, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var all = await WordVectors.ReadAsync(inputs.Vectors, cancellation).ConfigureAwait(false);
        var asked = new AskedWords(all);
        var drawn = Chosen(all, asked, parameters).ToList();
        var plane = (parameters.Method ?? new Projection.Tsne()).Place(
            all.Only(drawn.ConvertAll(word => word.Word)), context, cancellation);
        var points = drawn.Select((word, i) => new ScatterPoint(word.Word, word.Group, plane.Points[2 * i], plane.Points[(2 * i) + 1]))
            .ToList();
        CardContent card = new([
            new Fact("words_drawn", points.Count, ValueFormat.Integer), .. plane.Facts, new ScatterFigure("word_map", "x", "y", points),
            .. asked.Warnings()]);
        return new(
            await context.Write.TableAsync(EncodingChain.Empty, new[] { Batch(points) }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(plane.Metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static IEnumerable<(string Word, string Group)> Chosen(WordVectors vectors, AskedWords asked, Params parameters)
    {
        if (parameters.Groups is null)
            return vectors.Words.Take(parameters.Words).Select(word => (word, Ungrouped));
        var words = parameters.Groups
            .SelectMany(group => group.Value.Where(asked.Has).Select(word => (Word: word, Group: group.Key)))
            .DistinctBy(word => word.Word).ToList();
        return words.Count > 0 ? words : throw asked.NoneFound("groups");
    }

    private static RowBatch Batch(List<ScatterPoint> points) => new(points.Count,
    [
        new Values<string>(Columns.Word, [.. points.Select(point => point.Label)]),
        new Values<string>("group", [.. points.Select(point => point.Group)]),
        new Values<double>("x", [.. points.Select(point => point.X)]),
        new Values<double>("y", [.. points.Select(point => point.Y)]),
    ]);
}

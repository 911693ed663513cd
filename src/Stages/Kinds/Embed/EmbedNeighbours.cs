using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Compares words by the cosine of their vectors.</summary>
[Stage("embed/neighbours", Version = 1)]
public sealed class EmbedNeighbours : Stage<EmbedNeighbours.Inputs, EmbedNeighbours.Params, EmbedNeighbours.Outputs>
{
    public sealed record Inputs([Reads(Columns.Word, Columns.Vector)] Table Vectors);

    public sealed record Params(
        IReadOnlyList<string>? Words = null, IReadOnlyList<IReadOnlyList<string>>? Pairs = null,
        IReadOnlyList<IReadOnlyList<string>>? Analogies = null, int Count = 10)
    {
        public IReadOnlyList<IReadOnlyList<string>>? Pairs { get; init; } = Checked(Pairs, 2, "pairs", "[good, bad]");

        public IReadOnlyList<IReadOnlyList<string>>? Analogies { get; init; } = Checked(Analogies, 3, "analogies", "[man, king, woman]");

        private static IReadOnlyList<IReadOnlyList<string>>? Checked(
            IReadOnlyList<IReadOnlyList<string>>? lists, int count, string name, string example)
        {
            for (var i = 0; i < (lists?.Count ?? 0); i++)
                if (lists![i].Count != count)
                    throw new StageException($"{count} words belong together here, and there are {lists[i].Count}.")
                    {
                        Help = $"write {name}: [{example}]",
                        Parameter = $"{name}.{i}",
                    };
            return lists;
        }
    }

    public sealed record Outputs([Writes(Columns.Word, "neighbour", "similarity", "rank")] Table Neighbours, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var nearness = new Nearness(await WordVectors.ReadAsync(inputs.Vectors, cancellation).ConfigureAwait(false));
        var asked = new AskedWords(nearness.Vectors);
        var words = (parameters.Words ?? []).Where(asked.Has).ToList();
        var pairs = (parameters.Pairs ?? []).Where(pair => pair.All(asked.Has)).ToList();
        var analogies = (parameters.Analogies ?? []).Where(analogy => analogy.All(asked.Has)).ToList();
        if (words.Count + pairs.Count + analogies.Count == 0)
            throw asked.NoneFound("words");
        var neighbours = words.SelectMany(word => nearness.Nearest(word, parameters.Count)
            .Select((near, rank) => (Word: word, near.Word, near.Similarity, Rank: rank + 1))).ToList();
        var batch = new RowBatch(neighbours.Count,
        [
            new Values<string>(Columns.Word, [.. neighbours.Select(row => row.Item1)]),
            new Values<string>("neighbour", [.. neighbours.Select(row => row.Item2)]),
            new Values<double>("similarity", [.. neighbours.Select(row => row.Similarity)]),
            new Values<int>("rank", [.. neighbours.Select(row => row.Rank)]),
        ]);
        var table = await context.Write.TableAsync(EncodingChain.Empty, new[] { batch }.ToAsyncEnumerable(), cancellation)
            .ConfigureAwait(false);
        CardContent card = new([
            .. Similarities(pairs, nearness), .. Nearest(words, nearness, parameters.Count),
            .. Solutions(analogies, nearness, parameters.Count), .. asked.Warnings()]);
        return new(table, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static IEnumerable<CardItem> Similarities(List<IReadOnlyList<string>> pairs, Nearness nearness)
    {
        if (pairs.Count > 0)
            yield return new Grid("similarities",
                [new("word", ValueFormat.Code), new("other_word", ValueFormat.Code), new("similarity", ValueFormat.Decimal)],
                [.. pairs.Select(pair => new object?[] { pair[0], pair[1], nearness.Similarity(pair[0], pair[1]) })]);
    }

    private static IEnumerable<CardItem> Nearest(List<string> words, Nearness nearness, int count)
    {
        if (words.Count > 0)
            yield return new Grid("nearest_words",
                [new("word", ValueFormat.Code), new("neighbours", ValueFormat.Code), new("similarity_of_nearest", ValueFormat.Decimal)],
                [.. words.Select(word => Row(word, nearness.Nearest(word, count)))]);
    }

    private static IEnumerable<CardItem> Solutions(List<IReadOnlyList<string>> analogies, Nearness nearness, int count)
    {
        if (analogies.Count > 0)
            yield return new Grid("analogies",
                [new("analogy", ValueFormat.Code), new("neighbours", ValueFormat.Code), new("similarity_of_nearest", ValueFormat.Decimal)],
                [.. analogies.Select(words => Row(
                    $"{words[0]} : {words[1]} = {words[2]} : ?", nearness.Analogy(words[0], words[1], words[2], count)))]);
    }

    private static object?[] Row(string asked, IReadOnlyList<(string Word, double Similarity)> near) =>
        [asked, string.Join(", ", near.Select(word => word.Word)), near.Count == 0 ? null : near[0].Similarity];
}

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Where t-SNE begins.</summary>
public enum ProjectionStart
{
    /// <summary>With the two main directions, drawn small: the same map for every seed, large distances kept better.</summary>
    Pca,

    /// <summary>With random points, as the seed says.</summary>
    Random,
}

/// <summary>How vectors come into the plane.</summary>
public abstract record Projection
{
    // The deviation of the points that t-SNE starts from.
    private const double Small = 1e-4;

    internal abstract PlacedWords Place(WordVectors vectors, StageContext context, CancellationToken cancellation);

    /// <summary>Near words stay near; large distances and sizes of groups mean little.</summary>
    /// <param name="Perplexity">
    /// About how many neighbours count; null: a third of the words, 30 at most. With all of them, every word is as near as any other.
    /// </param>
    public sealed record Tsne(double? Perplexity = null, int Iterations = 1000, ProjectionStart Start = ProjectionStart.Pca) : Projection
    {
        private const int MaxPerplexity = 30;

        internal override PlacedWords Place(WordVectors vectors, StageContext context, CancellationToken cancellation)
        {
            var count = vectors.Words.Count;
            var perplexity = Perplexity ?? Math.Clamp((count - 1) / 3, 2, MaxPerplexity);
            if (count < 3 || perplexity > count - 1)
                throw new StageException($"t-SNE of {count} words cannot count {perplexity} neighbours of each.")
                {
                    Help = "the perplexity is below the number of words, of which there are three at least",
                    Parameter = Perplexity is null ? "method" : "method.tsne.perplexity",
                };
            var tsne = new Text.Vectors.Tsne(Neighbourhoods.Of(vectors, perplexity), StartOf(vectors, context.Seed));
            tsne.Run(Iterations, done => context.Progress.Report(new(done, Iterations, "iterations")), cancellation);
            var divergence = tsne.Divergence();
            return new(tsne.Points, new Dictionary<string, double> { ["divergence"] = divergence },
                [new Fact("perplexity", perplexity), new Fact("divergence", divergence, ValueFormat.Decimal)]);
        }

        private double[] StartOf(WordVectors vectors, ulong seed)
        {
            if (Start == ProjectionStart.Random)
            {
                var random = new SeededRandom(seed, RandomStreams.WordMap);
                return [.. Enumerable.Range(0, 2 * vectors.Words.Count).Select(_ => Small * random.NextNormal())];
            }
            var points = PrincipalComponents.Of(vectors).Points;
            var deviation = Math.Sqrt(Enumerable.Range(0, points.Length / 2).Average(i => points[2 * i] * points[2 * i]));
            return [.. points.Select(value => deviation > 0 ? value / deviation * Small : 0)];
        }
    }

    /// <summary>The two directions in which the vectors vary most.</summary>
    public sealed record Pca : Projection
    {
        internal override PlacedWords Place(WordVectors vectors, StageContext context, CancellationToken cancellation)
        {
            var plane = PrincipalComponents.Of(vectors);
            var share = plane.Shares.Sum();
            return new(plane.Points, new Dictionary<string, double> { ["explained_variance"] = share },
                [new Fact("explained_variance", share, ValueFormat.Percent)]);
        }
    }
}

/// <param name="Points">Two numbers a word.</param>
internal sealed record PlacedWords(
    IReadOnlyList<double> Points, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<CardItem> Facts);

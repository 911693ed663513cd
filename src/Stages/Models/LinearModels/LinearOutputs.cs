using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>What a stage gives that trained a linear model: bundle, measures, card.</summary>
internal static class LinearOutputs
{
    private const int MaxClasses = 20;
    private const int WordsShown = 12;

    // As scikit-learn's log_loss: a class that cannot be, and is, would make the mean infinite.
    private const double MinProbability = 2.220446049250313e-16;

    /// <param name="method">What learned the weights.</param>
    /// <param name="more">What else the card says.</param>
    public static async Task<(Model Model, Metrics Metrics, Card Card)> WriteAsync(
        string method, LinearData data, LinearWeights weights, IEnumerable<CardItem> more, StageContext context,
        CancellationToken cancellation)
    {
        LinearModel model = new(
            new(method, data.Classes.Count, data.Parameters?.Ngrams ?? 1, data.Tfidf?.Sublinear ?? false, data.Vocabulary.Words),
            ToFloats(weights.Intercepts), ToFloats(weights.Coefficients), data.Tfidf);
        Dictionary<string, double> metrics = new(StringComparer.Ordinal) { ["parameters"] = model.Parameters };
        Measure(model, Splits.Train, data.Training, metrics, cancellation);
        if (data.Validation is { } validation)
            Measure(model, Splits.Validation, validation, metrics, cancellation);
        List<CardItem> items = [new Fact("parameters", model.Parameters, ValueFormat.Integer), .. more];
        if (data.Vocabulary.Words.Count > 0)
            items.AddRange([new Fact("vocabulary_size", data.Vocabulary.Words.Count), TellingWords(data, weights)]);
        if (data.IsFittedOnTest)
            items.Add(new Warning("fitted_on_test", new Dictionary<string, object>()));
        return (
            await model.WriteAsync(context, data.Encoding, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(new(items), cancellation).ConfigureAwait(false));
    }

    /// <summary>How weights were searched for.</summary>
    public static IEnumerable<CardItem> Search(Optimum found)
    {
        yield return new Fact("iterations", found.Iterations);
        if (!found.Converged)
            yield return new Warning("not_converged", new Dictionary<string, object> { ["iterations"] = found.Iterations });
    }

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static void Measure(
        LinearModel model, string split, FeatureRows rows, Dictionary<string, double> metrics, CancellationToken cancellation)
    {
        var (correct, loss) = (0L, 0.0);
        for (var row = 0; row < rows.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (probabilities, target) = (model.Probabilities(rows.Rows[row]), rows.Targets[row]);
            correct += Array.IndexOf(probabilities, probabilities.Max()) == target ? 1 : 0;
            loss -= Math.Log(Math.Max(probabilities[target], MinProbability));
        }
        metrics[MetricNames.Of(split, "accuracy")] = correct / (double)rows.Count;
        metrics[MetricNames.Of(split, "loss")] = loss / rows.Count;
    }

    /// <summary>For each class the words whose weight is farthest above its mean over the other classes.</summary>
    private static Grid TellingWords(LinearData data, LinearWeights weights)
    {
        var frequent = data.Training.Targets.CountBy(target => target).OrderByDescending(target => target.Value)
            .Select(target => target.Key).Take(MaxClasses).Order();
        return new("telling_words", [new("class", ValueFormat.Code), new("words")],
            [.. frequent.Select(target => (IReadOnlyList<object?>)[data.Classes[target], string.Join(", ", WordsOf(target))])]);

        IEnumerable<string> WordsOf(int target) => Enumerable.Range(0, data.Vocabulary.Words.Count)
            .OrderByDescending(word => Lead(word, target)).Take(WordsShown).Select(word => data.Vocabulary.Words[word]);

        double Lead(int word, int target)
        {
            var all = weights.Coefficients.AsSpan(word * data.Classes.Count, data.Classes.Count);
            var sum = 0.0;
            foreach (var weight in all)
                sum += weight;
            return all[target] - ((sum - all[target]) / Math.Max(1, all.Length - 1));
        }
    }
}

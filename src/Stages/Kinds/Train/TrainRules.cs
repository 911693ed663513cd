using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Rules;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Makes a model of words written in the pipeline file: nothing is learned, only measured.</summary>
[Stage("train/rules", Version = 1)]
public sealed class TrainRules : Stage<TrainRules.Inputs, TrainRules.Params, TrainRules.Outputs>
{
    public sealed record Inputs([Reads(TableRows.Split, TableRows.Text, TableRows.Label)] Table Rows);

    public sealed record Params(
        IReadOnlyDictionary<string, IReadOnlyList<string>> Words, string Otherwise, bool WholeWords = false, double Confidence = 0.85,
        double OtherwiseConfidence = 0.6);

    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var rules = RulesOf(parameters);
        var rows = await TableRows.ReadAsync(inputs.Rows, [Splits.Train, Splits.Validation, Splits.None], cancellation)
            .ConfigureAwait(false);
        var measured = rows.GroupBy(row => row.Split, StringComparer.Ordinal).OrderBy(split => split.Key, Splits.Order)
            .Select(split => Measured.Of(split.Key, rules, [.. split])).ToList();
        CardContent card = new(
            new Grid("rules", [new("label", ValueFormat.Code), new("words")],
                [.. rules.Words.Select(rule => (IReadOnlyList<object?>)[rule.Key, string.Join(", ", rule.Value)])]),
            new Fact("otherwise", rules.Otherwise, ValueFormat.Code),
            new Grid("measured_rules",
                [
                    new("split"), new("rows", ValueFormat.Integer), new("accuracy", ValueFormat.Percent),
                    new("decided", ValueFormat.Percent), new("accuracy_of_decided", ValueFormat.Percent),
                ],
                [.. measured.Select(split => (IReadOnlyList<object?>)
                    [split.Split, split.Rows, split.Accuracy, split.Decided, split.AccuracyOfDecided])]));
        return new(
            await ModelBundle.WriteAsync(
                context, KeywordRules.Architecture, inputs.Rows.Encoding, rules, parameters: 0, [], cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(measured.SelectMany(split => split.Metrics()).ToDictionary(), cancellation)
                .ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    /// <summary>Words as texts have them: composed, in lower case.</summary>
    private static KeywordRules RulesOf(Params parameters)
    {
        SortedDictionary<string, IReadOnlyList<string>> words = new(StringComparer.Ordinal);
        foreach (var (label, listed) in parameters.Words)
        {
            if (listed.Any(string.IsNullOrWhiteSpace))
                throw new StageException($"The label '{label}' has an empty word, which every text would contain.")
                {
                    Parameter = $"words.{label}",
                };
            words[Normalization.Nfc(label)] = [.. listed.Select(word => LowerCase.Of(Normalization.Nfc(word)))];
        }
        return new(words, Normalization.Nfc(parameters.Otherwise), parameters.WholeWords, parameters.Confidence,
            parameters.OtherwiseConfidence);
    }

    /// <param name="Decided">Share of texts whose label words decide.</param>
    private sealed record Measured(string Split, long Rows, double Accuracy, double Decided, double? AccuracyOfDecided)
    {
        public static Measured Of(string split, KeywordRules rules, IReadOnlyList<LabelledInput> rows)
        {
            var answers = rows.Select(row => (Answer: rules.Decide(row.Input.Text), row.Label)).ToList();
            var decided = answers.Where(row => row.Answer.Decided).ToList();
            return new(
                split, rows.Count, Share(answers.Count(row => row.Answer.Label == row.Label), rows.Count),
                Share(decided.Count, rows.Count),
                decided.Count == 0 ? null : Share(decided.Count(row => row.Answer.Label == row.Label), decided.Count));
        }

        public IEnumerable<KeyValuePair<string, double>> Metrics() =>
            [new($"{Split}.rows", Rows), new($"{Split}.accuracy", Accuracy), new($"{Split}.decided", Decided)];

        private static double Share(int part, int whole) => part / (double)whole;
    }
}

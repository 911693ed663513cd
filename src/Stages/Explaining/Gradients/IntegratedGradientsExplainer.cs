using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Stages.Explaining.Gradients;

/// <summary>Integrated gradients of texts on the vectors of their tokens, added up by word.</summary>
internal sealed class IntegratedGradientsExplainer : IExplainer
{
    public const string Steps = "steps";

    private const double MaxRelativeDelta = 1e-3;

    private readonly Predictor _predictor;
    private readonly IExplainable _model;
    private readonly TokenPlaces _places;
    private readonly ExplainedLabels _labels;
    private readonly ExplanationMethod.IntegratedGradients _settings;
    private readonly bool _byCharacter;
    private readonly int _batch;
    private readonly int _threads;
    private readonly Lock _gate = new();

    /// <param name="byCharacter">Models that spell: also each written character by itself.</param>
    /// <param name="batch">Points of all texts computed at once.</param>
    /// <param name="threads">How many such batches are computed side by side where the model's steps are small.</param>
    /// <exception cref="StageException">The model has no gradients.</exception>
    public IntegratedGradientsExplainer(
        Predictor predictor, ExplainedLabels labels, ExplanationMethod.IntegratedGradients settings, bool byCharacter, int batch,
        int threads)
    {
        _model = predictor as IExplainable
            ?? throw new StageException("This model has no gradients to integrate.")
            {
                Help = "Use explain/lime or explain/shap, which only ask for predictions.",
            };
        (_predictor, _places, _labels, _settings, _byCharacter, _batch, _threads) =
            (predictor, new(predictor), labels, settings, byCharacter, batch, threads);
    }

    public IReadOnlyList<Explanation> Explain(IReadOnlyList<LabelledInput> rows, Action<int> done, CancellationToken cancellation)
    {
        var predictions = _predictor.Predict([.. rows.Select(row => row.Input)], cancellation: cancellation);
        var explained = new Explanation[rows.Count];
        // Texts of like length take the fewest steps together.
        List<int> open = [.. Enumerable.Range(0, rows.Count).OrderBy(row => rows[row].Input.Ids.Length)];
        for (var steps = _settings.Steps; ; steps = Math.Min(2 * steps, _settings.MaxSteps))
        {
            var now = steps;
            InParts(open.Chunk(Math.Max(1, _batch / steps)), part =>
            {
                cancellation.ThrowIfCancellationRequested();
                var texts = Explain([.. part.Select(row => (rows[row], predictions[row]))], now);
                lock (_gate)
                {
                    foreach (var (row, text) in part.Zip(texts))
                        explained[row] = text;
                    done(explained.Count(text => text is not null && HasConverged(text)));
                }
            });
            open = open.FindAll(row => !HasConverged(explained[row]));
            if (open.Count == 0 || steps >= _settings.MaxSteps)
                return explained;
        }
    }

    /// <summary>Whether the contributions of each label add up.</summary>
    public static bool HasConverged(Explanation text) => text.Labels.All(label => Explanation.RelativeDelta(label) <= MaxRelativeDelta);

    private void InParts(IEnumerable<int[]> parts, Action<int[]> explain)
    {
        if (_model.HasSmallSteps)
            TorchThread.AloneEach(parts, _threads, explain);
        else
            foreach (var part in parts)
                explain(part);
    }

    /// <summary>One explanation a text; all in one batch.</summary>
    private Explanation[] Explain((LabelledInput Row, Prediction Prediction)[] texts, int steps)
    {
        using var scope = torch.NewDisposeScope();
        List<IReadOnlyList<string>> labels = [.. texts.Select(text => _labels.Of(_predictor, text.Row, text.Prediction))];
        var batch = _model.Explain([.. texts.Select(text => text.Row.Input)], labels);
        // The labels of one text are parts of the batch, or else the characters of the only one.
        int[] parts = _predictor.Classes is not null ? [.. Enumerable.Range(0, labels.Max(names => names.Count))]
            : _byCharacter ? [IntegratedGradients.AllParts, .. Enumerable.Range(0, batch.Parts)]
            : [IntegratedGradients.AllParts];
        var attributions = IntegratedGradients.Of(batch, Quadrature.Of(_settings.Quadrature, steps), parts);
        lock (_gate)
            return Explanations(texts, steps, labels, batch, attributions);
    }

    // Finding the words in the texts is not meant for several threads.
    private Explanation[] Explanations(
        (LabelledInput Row, Prediction Prediction)[] texts, int steps, List<IReadOnlyList<string>> labels, ExplainableBatch batch,
        PositionAttributions[] attributions)
    {
        var explained = new Explanation[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            var (text, sequence) = (batch.Order[i], i);
            var row = texts[text].Row;
            var units = WordUnits.Of(TextWords.Of(row.Text), _places.Of(row.Text, Tokens(row)));
            var byPart = attributions.Select(part => Attributions(part)).ToList();
            explained[text] = new(row, texts[text].Prediction, units.Places,
                [.. labels[text].Zip(byPart, (label, part) => part with { Label = label })])
            {
                ByCharacter = _predictor.Classes is null ? [.. byPart.Skip(1).Select(part => part.Scores)] : [],
            };

            LabelAttributions Attributions(PositionAttributions part)
            {
                var (scores, rest) = units.Sum(OfTokens(batch.Layout, sequence, part.Values, (int)batch.Inputs.shape[1], row));
                return new("", scores, part.Bases[sequence], part.Outputs[sequence])
                {
                    Rest = rest,
                    Measures = new Dictionary<string, double> { [Steps] = steps },
                };
            }
        }
        return explained;
    }

    private double[] OfTokens(PackedSequence layout, int sequence, float[] values, int size, LabelledInput row)
    {
        var isPaddedInFront = _model.ReadsPadding && _predictor.Encoder.Padding?.Side == PaddingSide.Pre;
        var first = isPaddedInFront ? layout.Lengths[sequence] - row.Input.Ids.Length : 0;
        var scores = new double[row.Input.Ids.Length];
        for (var t = 0; t < scores.Length; t++)
            foreach (var value in values.AsSpan((layout.Offsets[first + t] + sequence) * size, size))
                scores[t] += value;
        return scores;
    }

    /// <summary>The tokens of a row; as the vocabulary spells them where the table cut the text otherwise than the model's chain.</summary>
    private IReadOnlyList<Token> Tokens(LabelledInput row)
    {
        var tokens = _predictor.Tokens(row.Text);
        return tokens.Select(token => token.Id).SequenceEqual(row.Input.Ids)
            ? tokens
            : [.. row.Input.Ids.Select(id => new Token(_predictor.Encoder.Tokenizer.Vocabulary[id], id))];
    }
}

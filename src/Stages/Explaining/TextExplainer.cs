using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Stages.Explaining;

/// <summary>Integrated gradients of texts, summed over each word's vector.</summary>
/// <param name="byPart">Also explains each part of a prediction (each character written) by itself.</param>
internal sealed class TextExplainer(Predictor predictor, IExplainable model, GaussLegendre rule, bool byPart = false)
{
    /// <summary>One explanation a row, in order; all rows in one batch.</summary>
    public IReadOnlyList<ExplainedText> Explain(IReadOnlyList<LabelledInput> rows)
    {
        using var scope = torch.NewDisposeScope();
        var batch = model.Explain([.. rows.Select(row => row.Input)]);
        var attributions = IntegratedGradients.Of(batch, rule, byPart);
        var size = (int)batch.Inputs.shape[1];
        var explained = new ExplainedText[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[batch.Order[i]];
            var scores = Scores(batch.Layout, i, attributions.Values, size, row);
            explained[batch.Order[i]] = new(
                row, batch.Predictions[i], Tokens(row), scores, attributions.Changes[i], attributions.Deltas[i], rule.Points.Length)
            {
                ScoresByPart = [.. attributions.ByPart.Select(part => Scores(batch.Layout, i, part, size, row))],
            };
        }
        return explained;
    }

    private double[] Scores(PackedSequence layout, int sequence, float[] values, int size, LabelledInput row)
    {
        var isPaddedInFront = model.ReadsPadding && predictor.Encoder.Padding?.Side == PaddingSide.Pre;
        var first = isPaddedInFront ? layout.Lengths[sequence] - row.Input.Ids.Length : 0;
        var scores = new double[row.Input.Ids.Length];
        for (var t = 0; t < scores.Length; t++)
            foreach (var value in values.AsSpan((layout.Offsets[first + t] + sequence) * size, size))
                scores[t] += value;
        return scores;
    }

    /// <summary>The words as they stand in the text; where truncation cut some, as the vocabulary spells them.</summary>
    private string[] Tokens(LabelledInput row)
    {
        var tokens = predictor.Encoder.Tokenizer.Tokens(row.Input.Text);
        return tokens.Count == row.Input.Ids.Length
            ? [.. tokens.Select(token => token.Text)]
            : [.. row.Input.Ids.Select(id => predictor.Encoder.Tokenizer.Vocabulary[id])];
    }
}

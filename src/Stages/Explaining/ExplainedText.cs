using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>A text with what each of its words contributed to the prediction.</summary>
/// <param name="Scores">One a token, in units of the predicted score.</param>
/// <param name="Change">What the scores should add up to.</param>
/// <param name="Delta">Sum of the scores minus that.</param>
/// <param name="Steps">Points on the way from the baseline.</param>
internal sealed record ExplainedText(
    LabelledInput Row, Prediction Prediction, string[] Tokens, double[] Scores, double Change, double Delta, int Steps)
{
    private const double MaxRelativeDelta = 1e-3;

    // Of a score that hardly changes only rounding is left.
    private const double MinChange = 0.01;

    public double RelativeDelta => Math.Abs(Delta) / Math.Max(Math.Abs(Change), MinChange);

    public bool HasConverged => RelativeDelta <= MaxRelativeDelta;

    /// <summary>Scores of each part of the prediction, as far as they were asked for; they add up to <see cref="Scores"/>.</summary>
    public IReadOnlyList<double[]> ScoresByPart { get; init; } = [];

    /// <summary>Words by characters written; null without scores of characters.</summary>
    public HeatmapFigure? ToHeatmap()
    {
        string[] written = [.. Prediction.Label.EnumerateRunes().Select(rune => rune.ToString())];
        if (written.Length == 0 || ScoresByPart.Count < written.Length)
            return null;
        return new("word_by_character", "word", "character", Tokens, written,
            [.. Tokens.Select((_, word) => (IReadOnlyList<double>)[.. written.Select((_, part) => ScoresByPart[part][word])])]);
    }

    /// <summary>Scores divided by their length as a vector; zeros stay zeros.</summary>
    public TokensRow ToFigureRow()
    {
        var norm = Math.Sqrt(Scores.Sum(score => score * score));
        return new(
            Row.Text, Row.Label, Prediction.Label, Prediction.Confidence, Tokens,
            norm == 0 ? Scores : [.. Scores.Select(score => score / norm)], Delta);
    }

    public static RowBatch ToBatch(IReadOnlyList<ExplainedText> texts) => new(texts.Count,
    [
        new Values<string>(Columns.Split, [.. texts.Select(text => text.Row.Split)]),
        new Values<string>(Columns.Text, [.. texts.Select(text => text.Row.Text)]),
        new Values<string>(Columns.Label, [.. texts.Select(text => text.Row.Label)]),
        new Values<string>(Columns.Predicted, [.. texts.Select(text => text.Prediction.Label)]),
        new Values<double>(Columns.Confidence, [.. texts.Select(text => text.Prediction.Confidence)]),
        new Lists<string>("tokens", [.. texts.SelectMany(text => text.Tokens)], Offsets(texts)),
        new Lists<double>(Columns.Attributions, [.. texts.SelectMany(text => text.Scores)], Offsets(texts)),
        new Values<double>(Columns.Delta, [.. texts.Select(text => text.Delta)]),
        new Values<int>("steps", [.. texts.Select(text => text.Steps)]),
    ]);

    private static int[] Offsets(IReadOnlyList<ExplainedText> texts)
    {
        var offsets = new int[texts.Count + 1];
        for (var i = 0; i < texts.Count; i++)
            offsets[i + 1] = offsets[i] + texts[i].Tokens.Length;
        return offsets;
    }
}

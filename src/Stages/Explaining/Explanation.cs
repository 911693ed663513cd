using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>What each word of a text contributed to the score of one label.</summary>
/// <param name="Scores">One a word of the explanation.</param>
/// <param name="Base">The score without any word.</param>
/// <param name="Output">The score of the text, as the model gives it.</param>
public sealed record LabelAttributions(string Label, double[] Scores, double Base, double Output)
{
    /// <summary>Contribution of what is no word of the text: special tokens, words that are missing.</summary>
    public double Rest { get; init; }

    /// <summary>How far base, words and rest miss the output.</summary>
    public double Delta => Base + Scores.Sum() + Rest - Output;

    /// <summary>What a method says of its own work, e.g. the <c>r2</c> of a local model.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>();
}

/// <summary>A text with what its words contributed, whatever the method.</summary>
/// <param name="Words">Where they stand in the raw text, in order.</param>
/// <param name="Labels">One a label that was explained.</param>
public sealed record Explanation(
    LabelledInput Row, Prediction Prediction, IReadOnlyList<TextSpan> Words, IReadOnlyList<LabelAttributions> Labels)
{
    private const double MinChange = 0.01;

    /// <summary>Scores of each written character by itself, as far as they were asked for; they add up to the label's.</summary>
    public IReadOnlyList<double[]> ByCharacter { get; init; } = [];

    /// <summary>What the label that was predicted owes to each word; of the first label explained, if it was not predicted.</summary>
    public LabelAttributions Main => Labels.FirstOrDefault(label => label.Label == Prediction.Label) ?? Labels[0];

    /// <summary>The raw text in pieces, each a word with the signs after it, so that nothing of the text is lost.</summary>
    public string[] Pieces()
    {
        var pieces = new string[Words.Count];
        for (var i = 0; i < pieces.Length; i++)
        {
            var (start, end) = (i == 0 ? 0 : Words[i].Start, i + 1 < pieces.Length ? Words[i + 1].Start : Row.Text.Length);
            pieces[i] = Row.Text[start..end].Trim();
        }
        return pieces;
    }

    /// <summary>How far the words miss what they should add up to, as a share of it; of a score that hardly changes only rounding is
    /// left.</summary>
    public static double RelativeDelta(LabelAttributions label) =>
        Math.Abs(label.Delta) / Math.Max(Math.Abs(label.Output - label.Base), MinChange);

    /// <summary>Words by characters written; null without scores of characters.</summary>
    public HeatmapFigure? ToHeatmap()
    {
        string[] written = [.. Main.Label.EnumerateRunes().Select(rune => rune.ToString())];
        if (written.Length == 0 || ByCharacter.Count < written.Length)
            return null;
        return new("word_by_character", "word", "character", Pieces(), written,
            [.. Words.Select((_, word) => (IReadOnlyList<double>)[.. written.Select((_, part) => ByCharacter[part][word])])]);
    }

    /// <summary>Scores divided by their length as a vector; zeros stay zeros.</summary>
    public TokensRow ToFigureRow(LabelAttributions label)
    {
        var norm = Math.Sqrt(label.Scores.Sum(score => score * score));
        return new(Row.Text, Row.Label, Prediction.Label, Prediction.Confidence, Pieces(),
            norm == 0 ? label.Scores : [.. label.Scores.Select(score => score / norm)], label.Delta,
            label.Label == Prediction.Label ? null : label.Label);
    }
}

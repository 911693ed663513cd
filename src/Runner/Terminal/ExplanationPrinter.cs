using System.Text;
using System.Text.Json.Nodes;
using Pipelines.Stages.Explaining;

namespace Pipelines.Runner.Terminal;

/// <summary>An explanation as lines of text: the words with their signs, coloured where colours can be shown, then the heaviest.</summary>
internal static class ExplanationPrinter
{
    private const int MaxLabels = 10;
    private const int MaxWords = 12;
    private const int BarWidth = 24;

    /// <summary>Shares of the heaviest word above which a word has one, two, three signs.</summary>
    private static readonly double[] s_steps = [0.1, 0.4, 0.75];

    public static void Write(Screen screen, Explanation explanation)
    {
        var prediction = explanation.Prediction;
        screen.Out.WriteLine($"{Format.OneLine(prediction.Label)}  {Format.Percent(prediction.Confidence)}");
        var labels = explanation.Labels
            .OrderByDescending(label => label == explanation.Main).ThenByDescending(label => label.Output).ToList();
        foreach (var label in labels.Take(MaxLabels))
            Write(screen, explanation, label);
        if (labels.Count > MaxLabels)
            screen.Out.WriteLine($"and {Format.Count(labels.Count - MaxLabels)} more (--json has them all)");
        screen.Out.Flush();
    }

    /// <summary>All there is, in one line.</summary>
    public static string Json(Explanation explanation) => new JsonObject
    {
        ["text"] = explanation.Row.Text,
        ["label"] = explanation.Prediction.Label,
        ["confidence"] = explanation.Prediction.Confidence,
        ["labels"] = new JsonArray([.. explanation.Labels.Select(label => Json(explanation, label))]),
    }.ToJsonString(Stages.Contracts.Json.Plain);

    private static JsonObject Json(Explanation explanation, LabelAttributions label)
    {
        JsonObject result = new()
        {
            ["label"] = label.Label,
            ["base"] = label.Base,
            ["rest"] = label.Rest,
            ["output"] = label.Output,
            ["delta"] = label.Delta,
        };
        foreach (var (name, value) in label.Measures)
            result[name] = value;
        result["words"] = new JsonArray([.. explanation.Words.Zip(label.Scores, (word, score) => new JsonObject
        {
            ["word"] = explanation.Row.Text.Substring(word.Start, word.Length),
            ["start"] = word.Start,
            ["score"] = score,
        })]);
        return result;
    }

    private static void Write(Screen screen, Explanation explanation, LabelAttributions label)
    {
        var most = label.Scores.Select(Math.Abs).DefaultIfEmpty(0).Max();
        screen.Out.WriteLine();
        var more = Format.Apart(label.Base, label.Output);
        screen.Out.WriteLine(
            $"for {Format.OneLine(label.Label)}: {Format.Number(label.Base, more)} without words, "
            + $"{Format.Number(label.Output, more)} with them"
            + $" (gap of the sum {Format.Number(label.Delta)})");
        var pieces = explanation.Pieces();
        if (pieces.Length == 0)
        {
            screen.Out.WriteLine("  (a text without words)");
            return;
        }
        var output = screen.HasColor ? screen.Raw : screen.Out;
        output.WriteLine("  " + string.Join(' ', pieces.Zip(label.Scores, (piece, score) => Marked(piece, score, most, screen.HasColor))));
        var heaviest = pieces.Zip(label.Scores).OrderByDescending(word => Math.Abs(word.Second)).Take(MaxWords)
            .Where(word => word.Second != 0);
        foreach (var (piece, score) in heaviest)
            screen.Out.WriteLine($"  {Signed(score),10}  {Bar(score, most)}  {Format.Cut(Format.OneLine(piece), 40)}");
        if (label.Rest != 0)
            screen.Out.WriteLine($"  {Signed(label.Rest),10}  {"",BarWidth}  (what is no word of the text)");
    }

    /// <summary>A word behind as many signs as it weighs, and on green or orange where there are colours.</summary>
    private static string Marked(string piece, double score, double most, bool hasColor)
    {
        var strength = most == 0 ? 0 : s_steps.Count(step => Math.Abs(score) / most >= step);
        var marked = new string(score > 0 ? '+' : '−', strength) + Format.OneLine(piece);
        // Blue and orange, as in reports: told apart by nearly everyone.
        return hasColor && strength > 0 ? $"\u001b[{(score > 0 ? 94 : 33)}{(strength == 3 ? ";1" : "")}m{marked}\u001b[0m" : marked;
    }

    private static string Signed(double score) => (score > 0 ? "+" : "−") + Format.Number(Math.Abs(score));

    private static string Bar(double score, double most)
    {
        var bar = new StringBuilder().Append(score > 0 ? '█' : '░', (int)Math.Round(BarWidth * Math.Abs(score) / most));
        return bar.ToString().PadRight(BarWidth);
    }
}

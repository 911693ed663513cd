using System.Text.Json.Nodes;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Runner.Commands;

/// <summary>Shows predictions, for people or for programs.</summary>
internal static class PredictionWriter
{
    /// <param name="top">How many candidates are shown.</param>
    public static void Show(TextWriter output, PredictedText predicted, int top)
    {
        var prediction = predicted.Prediction;
        output.WriteLine(
            $"{Format.OneLine(prediction.Label)}  {Format.Percent(prediction.Confidence)}{ScoreText(prediction.Top[0])}"
            + $"  {Format.OneLine(predicted.Text)}");
        foreach (var candidate in prediction.Top.Take(top).Skip(1))
            output.WriteLine($"  {Format.OneLine(candidate.Label)}  {Format.Percent(candidate.Confidence)}{ScoreText(candidate)}");
        if (predicted.Unknown.Count > 0)
            output.WriteLine($"  unknown: {string.Join(", ", predicted.Unknown.Select(Format.OneLine))}");
        if (Note(predicted) is { } note)
            output.WriteLine($"  note: {note}");
        output.Flush();
    }

    /// <summary>All there is, in one line.</summary>
    public static string Json(PredictedText predicted) => new JsonObject
    {
        ["text"] = predicted.Text,
        ["label"] = predicted.Prediction.Label,
        ["confidence"] = predicted.Prediction.Confidence,
        ["score"] = Score(predicted.Prediction.Top[0]),
        ["log_confidence"] = Math.Log(predicted.Prediction.Confidence) is var score && double.IsFinite(score) ? score : null,
        ["candidates"] = new JsonArray([.. predicted.Prediction.Top.Select(
            candidate => new JsonObject
            {
                ["label"] = candidate.Label,
                ["confidence"] = candidate.Confidence,
                ["score"] = Score(candidate),
            })]),
        ["tokens"] = predicted.Tokens,
        ["unknown"] = new JsonArray([.. predicted.Unknown.Select(token => (JsonNode)token)]),
        ["note"] = Note(predicted),
    }.ToJsonString(Stages.Contracts.Json.Plain);

    /// <summary>A table with a column for each class; labels that are spelled have no classes.</summary>
    public static void WriteCsv(TextWriter output, IReadOnlyList<string>? classes, IEnumerable<PredictedText> all)
    {
        using var csv = CsvText.ForSpreadsheets(output);
        foreach (var name in new[] { "text", "label", "confidence", "unknown", "note" }.Concat(classes ?? []))
            csv.Cell(name);
        csv.EndRow();
        foreach (var predicted in all)
        {
            csv.Cell(predicted.Text);
            csv.Cell(predicted.Prediction.Label);
            csv.Cell(predicted.Prediction.Confidence);
            csv.Cell(string.Join(' ', predicted.Unknown));
            csv.Cell(Note(predicted));
            var byLabel = predicted.Prediction.Top.ToDictionary(
                candidate => candidate.Label, candidate => candidate.Confidence, StringComparer.Ordinal);
            foreach (var name in classes ?? [])
                csv.Cell(byLabel.TryGetValue(name, out var confidence) ? confidence : null);
            csv.EndRow();
        }
    }

    // The logit or margin; that of a class which cannot be is below all numbers, which JSON has none for.
    private static double? Score(Candidate candidate) => candidate.Score is { } score && double.IsFinite(score) ? score : null;

    private static string ScoreText(Candidate candidate) => Score(candidate) is { } score ? $" ({Format.Number(score)})" : "";

    /// <summary>Where a prediction says nothing about the text.</summary>
    private static string? Note(PredictedText predicted) =>
        predicted.IsEmpty ? "the text is empty: the answer is what the model gives without any"
        : predicted.IsUnknown
            ? "no token of it is known: the answer is what the model gives without any"
        : null;
}

using System.Text.Json.Nodes;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Tables.Csv;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Runner.Commands;

/// <summary>Shows predictions, for people or for programs.</summary>
internal static class PredictionWriter
{
    /// <param name="top">How many candidates are shown.</param>
    public static void Show(TextWriter output, PredictedText predicted, int top)
    {
        var prediction = predicted.Prediction;
        output.WriteLine(
            $"{Named(predicted, prediction.Label)}  {Format.Percent(prediction.Confidence)}{ScoreText(prediction.Top[0])}"
            + $"  {Format.OneLine(predicted.Text)}");
        foreach (var candidate in prediction.Top.Take(top).Skip(1))
            output.WriteLine($"  {Named(predicted, candidate.Label)}  {Format.Percent(candidate.Confidence)}{ScoreText(candidate)}");
        if (predicted.Unknown.Count > 0)
            output.WriteLine($"  unknown: {string.Join(", ", predicted.Unknown.Select(Format.OneLine))}");
        if (Note(predicted) is { } note)
            output.WriteLine($"  note: {note}");
        output.Flush();
    }

    /// <summary>All there is, in one line.</summary>
    public static string Json(PredictedText predicted)
    {
        JsonObject json = Labelled(predicted, predicted.Prediction.Top[0]);
        json.Insert(0, "text", predicted.Text);
        json["log_confidence"] = Math.Log(predicted.Prediction.Confidence) is var score && double.IsFinite(score) ? score : null;
        json["candidates"] = new JsonArray([.. predicted.Prediction.Top.Select(candidate => Labelled(predicted, candidate))]);
        json["tokens"] = predicted.Tokens;
        json["tokens_not_read"] = predicted.Removed;
        json["unknown"] = new JsonArray([.. predicted.Unknown.Select(token => (JsonNode)token)]);
        json["note"] = Note(predicted);
        return json.ToJsonString(Stages.Contracts.Json.Plain);
    }

    private static JsonObject Labelled(PredictedText predicted, Candidate candidate)
    {
        JsonObject json = new() { ["label"] = candidate.Label };
        if (!predicted.Meanings.IsEmpty)
            json["meaning"] = predicted.Meanings.MeaningOf(candidate.Label);
        json["confidence"] = candidate.Confidence;
        json["score"] = Score(candidate);
        return json;
    }

    /// <summary>A table with a column for each class; labels that are spelled have no classes.</summary>
    /// <param name="book">What labels mean, in a column of its own unless it is empty.</param>
    public static void WriteCsv(
        TextWriter output, IReadOnlyList<string>? classes, LabelMeanings book, IEnumerable<PredictedText> all)
    {
        string[] meaning = book.IsEmpty ? [] : ["meaning"];
        using var csv = CsvText.ForSpreadsheets(output);
        foreach (var name in (string[])["text", "label", .. meaning, "confidence", "unknown", "note", .. classes ?? []])
            csv.Cell(name);
        csv.EndRow();
        foreach (var predicted in all)
        {
            csv.Cell(predicted.Text);
            csv.Cell(predicted.Prediction.Label);
            foreach (var _ in meaning)
                csv.Cell(book.MeaningOf(predicted.Prediction.Label));
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

    private static string Named(PredictedText predicted, string label) => Format.OneLine(predicted.Meanings.Named(label));

    /// <summary>Where a prediction says nothing about the text, or not of all of it.</summary>
    private static string? Note(PredictedText predicted)
    {
        if (predicted.IsEmpty)
            return "the text is empty: the answer is what the model gives without any";
        string?[] notes =
        [
            predicted.Removed > 0
                ? $"only {Format.Count(predicted.Tokens)} of its {Format.Count(predicted.Tokens + predicted.Removed)} tokens are read"
                : null,
            predicted.IsUnknown ? "none of the tokens that are read is known: the answer says nothing of the text" : null,
        ];
        return string.Join("; ", notes.OfType<string>()) is { Length: > 0 } said ? said : null;
    }
}

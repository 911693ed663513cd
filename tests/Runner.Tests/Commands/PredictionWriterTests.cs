using System.Text.Json.Nodes;
using Pipelines.Runner.Commands;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Tests.Runner.Commands;

public sealed class PredictionWriterTests
{
    private static readonly LabelMeanings Book = new(new(StringComparer.Ordinal) { ["I10"] = "hypertension", ["J45"] = "asthme" });

    private static readonly PredictedText Plain =
        new("tension élevée", new("I10", 0.75, [new("I10", 0.75), new("S72", 0.25)]), 2, []);

    private static readonly PredictedText Told = Plain with { Meanings = Book };

    [Fact]
    public void A_code_is_shown_with_what_it_means()
    {
        using StringWriter output = new();

        PredictionWriter.Show(output, Told, top: 2);

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.StartsWith("I10 · hypertension  75", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  S72  25", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_the_meaning_beside_the_code_where_there_is_a_book()
    {
        var json = JsonNode.Parse(PredictionWriter.Json(Told))!;
        Assert.Equal(("I10", "hypertension"), ((string)json["label"]!, (string)json["meaning"]!));
        Assert.Null(json["candidates"]![1]!["meaning"]);
        Assert.Equal(
            ["text", "label", "confidence", "score", "log_confidence", "candidates", "tokens", "tokens_not_read", "unknown", "note"],
            JsonNode.Parse(PredictionWriter.Json(Plain))!.AsObject().Select(member => member.Key));

        Assert.Equal("text,label,meaning,confidence,unknown,note", Csv(Told, Book)[0].TrimStart('\uFEFF'));
        Assert.StartsWith("tension élevée,I10,hypertension,", Csv(Told, Book)[1], StringComparison.Ordinal);
        Assert.Equal("text,label,confidence,unknown,note", Csv(Plain, LabelMeanings.None)[0].TrimStart('\uFEFF'));
    }

    [Fact]
    public void A_text_that_is_not_read_to_its_end_says_so()
    {
        using StringWriter output = new();

        PredictionWriter.Show(output, Plain with { Removed = 3 }, top: 1);

        Assert.Contains(
            $"note: only {Plain.Tokens} of its {Plain.Tokens + 3} tokens are read", output.ToString(), StringComparison.Ordinal);
    }

    private static string[] Csv(PredictedText predicted, LabelMeanings book)
    {
        using StringWriter output = new();
        PredictionWriter.WriteCsv(output, null, book, [predicted]);
        return output.ToString().Split(["\r\n", "\n"], StringSplitOptions.None);
    }
}

using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Clean;
using Pipelines.Stages.Kinds.Lemmatize;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Lemmas;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class ChangedTextTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_text_as_loaded_stays_in_raw()
    {
        var clean = await CleanAsync(new(Lower: true), ("train", "Fractures  FERMÉES", "a"));
        var lemmas = await _run.RunAsync(new Lemmatize(), new Lemmatize.Params(LemmaLanguage.Fr), ("rows", clean["rows"]));
        var rows = await lemmas.ResultAsync();

        Assert.Equal("fractures fermées", (await clean.ResultAsync()).Values<string>("text")[0]);
        Assert.Equal("fracture fermer", rows.Values<string>("text")[0]);
        Assert.Equal("Fractures  FERMÉES", rows.Values<string>("raw")[0]);
        Assert.Equal("fracture fermer", TextPreprocessor.From(lemmas.Encoding()).Prepare("Fractures  FERMÉES"));
    }

    [Fact]
    public async Task Card_counts_what_every_step_changed()
    {
        var outputs = await CleanAsync(new(Lower: true, RemoveDigits: true), ("train", "Abc 1", "a"), ("train", "abc", "a"),
            ("test", "DEF", "b"));
        var steps = Item(outputs, "cleaning_steps")!["rows"]!.AsArray();

        Assert.Equal([("remove_digits", 1L), ("lower", 2L), ("collapse_whitespace", 1L)],
            steps.Select(row => ((string)row![0]!, (long)row[1]!)));
        Assert.Equal(2, (int)Item(outputs, "changed_texts")!["value"]!);
    }

    [Fact]
    public async Task Different_labels_of_texts_that_became_equal_are_a_warning()
    {
        var outputs = await CleanAsync(new(RemoveDigits: true), ("train", "grade 1", "A"), ("train", "grade 2", "B"), ("train", "9", "C"));

        Assert.Equal("grade 1 (A), grade 2 (B)", (string)Item(outputs, "merged_texts")!["values"]!["example"]!);
        Assert.Equal(1, (int)Item(outputs, "emptied_texts")!["values"]!["count"]!);
    }

    [Fact]
    public async Task Lost_accents_are_a_warning_but_lost_words_are_not()
    {
        (string, string, string)[] rows = [("train", "œdème aigu", "a"), ("train", "la fièvre", "b")];
        var stripped = StageRun.CardOf(await CleanAsync(new(StripAccents: true), rows)).ToJsonString();
        var shortened = Item(await CleanAsync(new(StopWords: ["la", "aigu"]), rows), "accents_lost");

        Assert.Contains("\"warning\"", stripped, StringComparison.Ordinal);
        Assert.Equal(0, (double)shortened!["value"]!);
    }

    [Fact]
    public async Task Cleaning_after_tokenizing_is_refused()
    {
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(),
            ("rows", await _run.TextsAsync(("train", "a", "x"))));
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new CleanText(), new CleanText.Params(), ("rows", words["rows"])));
        Assert.Contains("tokenize", error.Help);
    }

    private static JsonNode? Item(ArtifactSet outputs, string name) =>
        StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == name);

    private async Task<ArtifactSet> CleanAsync(CleanText.Params parameters, params (string, string, string)[] rows) =>
        await _run.RunAsync(new CleanText(), parameters, ("rows", await _run.TextsAsync(rows)));
}

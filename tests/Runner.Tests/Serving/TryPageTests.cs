using System.Net;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Tests.Runner.Reporting;

namespace Pipelines.Tests.Runner.Serving;

[Collection(nameof(ServedProject))]
public sealed class TryPageTests(ServedProject project)
{
    [Fact]
    public async Task Two_models_answer_side_by_side_as_predict_does()
    {
        var page = await project.PageAsync($"/try?text=good+note+1&model={project.Run}/counted&beside={project.Run}/weighed&lang=en");

        var trials = page.Tagged("article").ToList();
        Assert.Equal(["counted", "weighed"], trials.Select(trial => trial.Descendants("code").First().Value));
        foreach (var (trial, stage) in trials.Zip(["counted", "weighed"]))
        {
            using var predictor = Predictor.Load(ModelOf(stage), new("cpu", 1));
            var expected = predictor.Predict(["good note 1"], 2)[0];
            Assert.Equal(expected.Top.Select(candidate => candidate.Label),
                trial.Descendants("bdi").Where(name => (string?)name.Attribute("class") == "class-name").Select(name => name.Value));
            Assert.Contains($"{100 * expected.Confidence:0.0}%", trial.Descendants("h2").Single().Value, StringComparison.Ordinal);
        }
        Assert.Equal("Both models answer “up”.", page.Tagged("p", "verdict").Single().Value);
    }

    [Theory]
    [InlineData("lime")]
    [InlineData("shap")]
    [InlineData("best")]
    public async Task Words_are_coloured_by_every_method_that_fits(string method)
    {
        var page = await project.PageAsync($"/try?text=good+note+1&model={project.Run}/weighed&method={method}&lang=en");

        // A word that says nothing is not coloured.
        var text = page.Tagged("p", "tokens").Single();
        Assert.Equal(["good", "note"], text.Elements().Select(word => word.FirstNode!.ToString()));
        Assert.EndsWith("1", text.Value.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("b", text.Elements().First().Name.LocalName);
    }

    [Fact]
    public async Task A_method_that_does_not_fit_says_why_and_the_prediction_stays()
    {
        var page = await project.PageAsync($"/try?text=good+note+1&model={project.Run}/weighed&method=integrated-gradients&lang=en");

        Assert.Empty(page.Tagged("p", "tokens"));
        Assert.Contains("gradients", page.Tagged("p", "faint").Single().Value, StringComparison.Ordinal);
        Assert.Equal(2, page.Tagged("bdi", "class-name").Count());
        Assert.Empty((await project.PageAsync($"/try?text=good&model={project.Run}/weighed&method=none")).Tagged("p", "tokens"));
    }

    [Fact]
    public async Task What_was_chosen_and_written_stays_in_the_form()
    {
        var page = await project.PageAsync($"/try?text={Uri.EscapeDataString(ServedProject.Nasty)}&model={project.Run}/weighed");

        Assert.Equal(ServedProject.Nasty, page.Tagged("textarea").Single().Value);
        Assert.Equal([$"{project.Run}/weighed", "best"],
            page.Tagged("option").Where(option => option.Attribute("selected") is not null)
                .Select(option => (string?)option.Attribute("value")));
        Assert.Equal([$"{project.Run}/counted", $"{project.Run}/weighed"],
            page.Tagged("select").First().Descendants("option").Select(option => (string?)option.Attribute("value")));
        Assert.Equal(["counted", "weighed"], page.Tagged("select").First().Descendants("option").Select(option => option.Value));
    }

    [Theory]
    [InlineData("", "The text is empty")]
    [InlineData("zzz+qqq", "The model knows none of the words that it reads")]
    public async Task A_text_that_says_nothing_is_told(string text, string note)
    {
        var page = await project.PageAsync($"/try?text={text}&model={project.Run}/weighed&lang=en");

        Assert.StartsWith(note, page.Tagged("p", "warning").Single().Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("../../x/y")]
    [InlineData("{run}/words")]
    public async Task A_model_that_is_not_there_is_said_to_be_none(string name)
    {
        var escaped = name.Replace("{run}", project.Run, StringComparison.Ordinal);

        foreach (var which in new[] { "model", "beside" })
            Assert.Contains("This model is not there", (await project.PageAsync(
                $"/try?text=x&{which}={escaped}&lang=en", HttpStatusCode.NotFound)).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_many_signs_is_read_whatever_they_take_in_an_address()
    {
        var text = string.Concat(Enumerable.Repeat("漢\r\n", 10_000));

        var page = await project.PageAsync($"/try?text={Uri.EscapeDataString(text)}&model={project.Run}/weighed&lang=en");

        Assert.Single(page.Tagged("article", "trial"));
    }

    [Fact]
    public async Task Of_two_models_one_that_is_damaged_says_so_and_the_other_one_answers()
    {
        using ServedProject own = new();
        await own.InitializeAsync();
        var run = new RunStore(own.Workspace.Root).Find(own.Run)!;
        var model = run.Stages.Single(stage => stage.Id == "counted").Outcome.Results!.ByPort.Values.SelectMany(port => port)
            .OfType<Model>().Single();
        foreach (var path in Directory.EnumerateFiles(model.Directory))
        {
            File.SetAttributes(path, FileAttributes.Normal);
            File.WriteAllText(path, "damaged");
        }

        var page = await own.PageAsync($"/try?text=good+note+1&model={own.Run}/counted&beside={own.Run}/weighed&lang=en");

        Assert.Equal(2, page.Tagged("article", "trial").Count());
        Assert.Contains("Run the pipeline again", page.Tagged("article", "trial").First().Value, StringComparison.Ordinal);
        Assert.Single(page.Tagged("span", "confidence"), share => share.Parent!.Name.LocalName == "h2");
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_method_that_there_is_not_is_not_replaced_by_another_one() => Assert.Contains("no such method",
        (await project.PageAsync($"/try?text=x&model={project.Run}/weighed&method=best2&lang=en", HttpStatusCode.NotFound)).Root!.Value,
        StringComparison.Ordinal);

    [Fact]
    public async Task Experiments_that_differ_by_a_value_are_told_apart()
    {
        using ServedProject own = new();
        await own.InitializeAsync();
        var notes = File.ReadLines(Path.Combine(own.Workspace.Root, "data/notes.csv")).Take(61).ToList();
        own.Workspace.Write("data/fewer.csv", string.Join('\n', notes));
        await ServedProject.ExecAsync(Path.Combine(own.Workspace.Root, "served.yaml"), "--keep-going", "-p", "data=data/fewer.csv");

        var page = await own.PageAsync("/try?text=good+note+1&lang=en");

        Assert.Equal(["served -p data=data/fewer.csv", "served"],
            page.Tagged("select").First().Elements().Select(group => (string?)group.Attribute("label")));
        Assert.Equal(["weighed · served -p data=data/fewer.csv", "weighed · served"], page.Tagged("select").First().Descendants("option")
            .Select(option => option.Value).Where(name => name.StartsWith("weighed", StringComparison.Ordinal)));
        Assert.Contains("served -p data=data/fewer.csv", page.Tagged("p", "trial-model").Single().Value, StringComparison.Ordinal);
        Assert.Contains("served -p data=data/fewer.csv", (await own.PageAsync("/")).Root!.Value, StringComparison.Ordinal);
        Assert.Equal(["/reports/served.html"], (await own.PageAsync($"/runs/{own.Run}")).Tagged("p", "report-link")
            .SelectMany(link => link.Elements("a")).Select(link => (string?)link.Attribute("href")));
        await own.DisposeAsync();
    }

    /// <summary>A list and a report answer one question alike: the baseline is evaluated last and not what the run is about.</summary>
    [Fact]
    public async Task The_score_of_a_run_is_that_of_its_report()
    {
        using ServedProject own = new();
        await own.InitializeAsync();
        await ServedProject.ExecAsync(own.Workspace.Write("two.yaml", """
            pipeline: two
            stages:
              notes: { uses: load/csv, with: { file: data/notes.csv, text: text, label: label } }
              parts: { uses: split/random, from: notes }
              classes: { uses: label/classes, from: parts }
              weighed: { uses: train/logistic, from: classes }
              majority: { uses: train/majority, from: classes }
              scores: { uses: evaluate/classes, from: { model: weighed, rows: classes } }
              baseline: { uses: evaluate/classes, from: { model: majority, rows: classes } }
            """));

        var scores = (await own.PageAsync("/?lang=en")).Tagged("span", "run-score").Select(score => score.Value).ToList();

        Assert.Contains("100.0%", scores[0], StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(own.Workspace.Root, "reports/two/findings.json"), "[");
        Assert.DoesNotContain("100.0%", (await own.PageAsync("/?lang=en")).Tagged("span", "run-score").First().Value,
            StringComparison.Ordinal);
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        var page = await project.PageAsync($"/try?text={new string('x', 20_001)}&lang=en");

        Assert.Equal("A text of at most 20,000 characters, please.", page.Tagged("p", "warning").Single().Value);
        Assert.Empty(page.Tagged("article"));
    }

    private Model ModelOf(string stage) => new RunStore(project.Workspace.Root).Find(project.Run)!.Stages.Single(other => other.Id == stage)
        .Outcome.Results!.ByPort.Values.SelectMany(port => port).OfType<Model>().Single();
}

using System.Diagnostics;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>How the run went: the graph with states and times, and where it ran.</summary>
internal sealed class RunViews(Language language, Numbering numbering)
{
    private const int MaxNodes = 120;

    private static readonly string[] ByAttention = ["failed", "interrupted", "skipped", "stale", "ran", "reused"];

    public RunSectionView Of(string id, string title, IReadOnlyList<StageResult> results, RunRecord run)
    {
        var longest = results.Max(result => result.Took ?? TimeSpan.Zero);
        var graph = GraphOf(results);
        return new(
            id, title, graph, new TimelineView(language, numbering).Of(results), [.. results.Select(result => TimeOf(result, longest))],
            SummaryOf(results, run), [.. Environment(run)]);
    }

    private FigureView GraphOf(IReadOnlyList<StageResult> results)
    {
        var shown = results.GroupBy(result => result.Stage.Base, StringComparer.Ordinal).Take(MaxNodes).SelectMany(cells => cells)
            .ToDictionary(result => result.Id, StringComparer.Ordinal);
        var id = numbering.Id("figure", "graph");
        var frame = new DrawingFrame(id, language.Phrase("graph"),
            language.Phrase("graph_description", ("count", language.Numbers.Of(shown.Count))), language);
        var drawing = PipelineGraph.Draw([.. shown.Values.Select(result => result.Stage)], Node, frame)
            .ToString(System.Xml.Linq.SaveOptions.DisableFormatting);
        return new(id, numbering.NextFigure(), language.Phrase("graph"), drawing, TableView.Of(Edges(results), language));

        GraphNode Node(StageGroup box) => box.Cells.Count == 1
            ? new(box.Id, box.Kind, StateOf(shown[box.Cells[0].Id]), Note(shown[box.Cells[0].Id]))
            : new(box.Title, box.Kind, WorstOf(box.Cells.Select(cell => StateOf(shown[cell.Id]))), "");
    }

    // A box of many cells looks as the one that needs most attention.
    private static string WorstOf(IEnumerable<string> states) => states.MinBy(state => Array.IndexOf(ByAttention, state))!;

    private static Grid Edges(IReadOnlyList<StageResult> results) =>
        new("graph", [new("stage", ValueFormat.Code), new("kind", ValueFormat.Code), new("inputs", ValueFormat.Code)],
        [.. results.Select(result => (IReadOnlyList<object?>)
            [result.Id, result.Kind,
                string.Join(", ", result.Stage.Inputs.SelectMany(port => port.Value).Select(source => source.ToString()))])]);

    private StageTime TimeOf(StageResult result, TimeSpan longest) => new(
        result.Id, StateOf(result), StateWord(result),
        TimeText(result), MemoryText(result),
        longest > TimeSpan.Zero ? (int)Math.Round(100 * ((result.Took ?? TimeSpan.Zero) / longest)) : 0,
        result.Run?.Outcome is StageOutcome.Failed failed ? failed.Message : null);

    /// <summary>Of a training also what an epoch took.</summary>
    private string TimeText(StageResult result) => result.Took is not { } took ? "–"
        : result.Find<Fact>(MetricNames.Epochs)?.Value is { } epochs
            && Convert.ToInt64(epochs, System.Globalization.CultureInfo.InvariantCulture) is > 1 and var count
            ? language.Phrase(
                "time_by_epoch", ("time", language.Numbers.Duration(took)), ("epoch", language.Numbers.Duration(took / count)))
            : language.Numbers.Duration(took);

    private string MemoryText(StageResult result) => result.Memory is not { } memory ? "–" : language.Phrase(
        "memory_of_stage", ("peak", language.Numbers.Megabytes(memory.Peak)), ("growth", language.Numbers.Megabytes(memory.Growth)));

    private string Note(StageResult result) => StateOf(result) switch
    {
        "ran" => result.Took is { } took ? language.Numbers.Duration(took) : "",
        "reused" => "↺",
        "stale" => "≈",
        "failed" => "✗",
        _ => "–",
    };

    internal static string StateOf(StageResult result) => result.Run?.Outcome switch
    {
        StageOutcome.Ran => "ran",
        StageOutcome.Reused => "reused",
        StageOutcome.Stale => "stale",
        StageOutcome.Failed => "failed",
        StageOutcome.Interrupted => "interrupted",
        null or StageOutcome.Skipped => "skipped",
        _ => throw new UnreachableException(),
    };

    private string StateWord(StageResult result) => result.Run switch
    {
        { Outcome: StageOutcome.Reused { Origin: { } origin } } => language.Phrase("state_shared", ("origin", origin)),
        { Outcome: StageOutcome.Ran, Hosted: { } hosted } => HostedWord(hosted, result.Took),
        _ => language.Phrase($"state_{StateOf(result)}"),
    };

    // By the processor time of the job and the time of the stage: how many processors were at work.
    private string HostedWord(HostedRun hosted, TimeSpan? took)
    {
        List<string> parts = [language.Phrase("state_hosted", ("node", hosted.Node.Length == 0 ? hosted.Job : hosted.Node))];
        if (hosted.Waited is { } waited)
            parts.Add(language.Phrase("hosted_waited", ("time", language.Numbers.Duration(waited))));
        if (hosted.Memory is { } memory)
            parts.Add(language.Phrase("hosted_memory", ("megabytes", language.Numbers.Of(memory / 1_000_000))));
        if (hosted.Processor is { } processor && took is { TotalSeconds: > 1 } time)
            parts.Add(language.Phrase("hosted_processors", ("count", language.Numbers.Of(Math.Round(processor / time, 1)))));
        return string.Join(", ", parts);
    }

    private string SummaryOf(IReadOnlyList<StageResult> results, RunRecord run) => language.Phrase(
        "run_summary", ("id", run.Id), ("date", DateText.Of(run.Started, language)), ("stages", language.Numbers.Of(results.Count)),
        ("reused", language.Numbers.Of(results.Count(result => StateOf(result) == "reused"))),
        ("ran", language.Numbers.Of(results.Count(result => StateOf(result) == "ran"))), ("took", language.Numbers.Duration(run.Took)));

    internal IEnumerable<FactView> Environment(RunRecord run)
    {
        var environment = run.Environment;
        yield return new(language.Phrase("command"), environment.CommandLine, IsCode: true);
        yield return new(language.Phrase("device"),
            $"{environment.Device}, {language.Phrase("threads", ("count", language.Numbers.Of(environment.Threads)))}", IsCode: false);
        if (environment.Engine is { } engine)
            yield return new(language.Phrase("engine"), engine, IsCode: false);
        yield return new(language.Phrase("system"), environment.Os, IsCode: false);
        yield return new(language.Phrase("versions"), $"{environment.Runner} · {environment.Dotnet}", IsCode: false);
        if (environment.GitCommit is { } commit)
            yield return new(language.Phrase("commit"),
                commit + (environment.GitDirty == true ? $" {language.Phrase("with_changes")}" : ""), IsCode: true);
    }
}

using System.Diagnostics;
using System.Text.Json;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>One JSON object a line and event, for programs.</summary>
/// <param name="elapsed">Since the beginning of the run; null: lines say nothing of time.</param>
internal sealed class JsonRunView(TextWriter output, Func<TimeSpan>? elapsed = null) : IRunView
{
    public void Report(RunEvent value)
    {
        switch (value)
        {
            case RunEvent.RunStarted started:
                Line("run-started", json =>
                {
                    json.WriteString("run", started.Run);
                    json.WriteString("pipeline", started.Pipeline);
                    Texts(json, "stages", started.StageIds);
                });
                break;
            case RunEvent.StageStarted started:
                Stage("stage-started", started.StageId, json => Texts(json, "why", started.Why));
                break;
            case RunEvent.StageWaiting waiting:
                Stage("stage-waiting", waiting.StageId, json => json.WriteString("holder", waiting.Holder));
                break;
            case RunEvent.StageHosted hosted:
                Stage("stage-hosted", hosted.StageId, json =>
                {
                    json.WriteString("job", hosted.Job);
                    json.WriteString("node", hosted.Node);
                    json.WriteString("said", hosted.Said);
                });
                break;
            case RunEvent.StageRetried retried:
                Stage("stage-retried", retried.StageId, json => Retried(json, retried));
                break;
            case RunEvent.StageAdvanced advanced:
                Stage("stage-advanced", advanced.StageId, json => Advanced(json, advanced));
                break;
            case RunEvent.StageLogged logged:
                Stage("stage-logged", logged.StageId, json =>
                {
                    json.WriteBoolean("warning", logged.IsWarning);
                    json.WriteString("line", logged.Line);
                });
                break;
            case RunEvent.StageFinished finished:
                Stage("stage-finished", finished.StageId, json => Finished(json, finished));
                break;
        }
    }

    /// <summary>The last line: what the exit code means and where things are.</summary>
    public void Summary(RunRecord run, string? report) => output.WriteEvent("run-finished", json =>
    {
        json.WriteString("run", run.Id);
        json.WriteNumber("took_seconds", Math.Round(run.Took.TotalSeconds, 3));
        json.WriteNumber("ran", run.Stages.Count(stage => stage.Outcome is StageOutcome.Ran));
        json.WriteNumber("reused", run.Stages.Count(stage => stage.Outcome is StageOutcome.Reused));
        json.WriteNumber("stale", run.Stages.Count(stage => stage.Outcome is StageOutcome.Stale));
        json.WriteNumber("failed", run.Stages.Count(stage => stage.Outcome is StageOutcome.Failed));
        json.WriteBoolean("interrupted", run.Interrupted);
        json.WriteString("report", report);
        using var self = Process.GetCurrentProcess();
        json.WriteNumber("peak_memory", self.PeakWorkingSet64);
        json.WriteNumber("processor_seconds", Math.Round(self.TotalProcessorTime.TotalSeconds, 3));
    });

    public void Dispose() => output.Flush();

    private void Stage(string name, string stage, Action<Utf8JsonWriter> content) => Line(name, json =>
    {
        json.WriteString("stage", stage);
        content(json);
    });

    private void Line(string name, Action<Utf8JsonWriter> content) => output.WriteEvent(name, json =>
    {
        if (elapsed is not null)
            json.WriteNumber("seconds", Math.Round(elapsed().TotalSeconds, 3));
        content(json);
    });

    private static void Retried(Utf8JsonWriter json, RunEvent.StageRetried retried)
    {
        json.WriteNumber("attempt", retried.Attempt);
        json.WriteNumber("most", retried.MaxAttempts);
        json.WriteString("reason", retried.Reason);
        json.WriteNumber("pause_seconds", retried.Pause.TotalSeconds);
    }

    private static void Advanced(Utf8JsonWriter json, RunEvent.StageAdvanced advanced)
    {
        json.WriteNumber("done", advanced.Progress.Done);
        if (advanced.Progress.Total is { } total)
            json.WriteNumber("total", total);
        json.WriteString("unit", advanced.Progress.Unit);
        foreach (var (name, number) in advanced.Progress.Values ?? new Dictionary<string, double>())
            if (double.IsFinite(number))
                json.WriteNumber(name, number);
        if (advanced.Progress.Step is { } step)
            json.WriteNumber("step", step);
        if (advanced.Progress.Measured is not { } measured)
            return;
        json.WriteStartObject("measured");
        foreach (var (name, number) in measured)
            json.WriteNumber(name, number);
        json.WriteEndObject();
    }

    private static void Finished(Utf8JsonWriter json, RunEvent.StageFinished finished)
    {
        json.WriteString("outcome", finished.Outcome.GetType().Name.ToLowerInvariant());
        json.WriteString("note", finished.Note);
        if (finished.Outcome is StageOutcome.Ran ran)
            json.WriteNumber("took_seconds", Math.Round(ran.Took.TotalSeconds, 3));
        if (finished.Outcome is StageOutcome.Reused { Origin: { } origin })
            json.WriteString("origin", origin);
        if (finished.Outcome is StageOutcome.Stale stale)
        {
            json.WriteString("because_of", stale.BecauseOf);
            json.WriteString("from_run", stale.Last?.FromRun);
        }
        if (finished.Outcome is StageOutcome.Failed failed)
        {
            json.WriteString("message", failed.Message);
            json.WriteString("help", failed.Help);
            json.WriteString("log", failed.LogPath);
            if (failed.At is { } at)
            {
                json.WriteStartObject("at");
                JsonLines.Place(json, at);
                json.WriteEndObject();
            }
            Texts(json, "details", failed.Details);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

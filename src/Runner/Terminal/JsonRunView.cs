using System.Text.Encodings.Web;
using System.Text.Json;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>One JSON object a line and event, for programs.</summary>
internal sealed class JsonRunView(TextWriter output) : IRunView
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Report(RunEvent value) => Write(json =>
    {
        switch (value)
        {
            case RunEvent.RunStarted started:
                json.WriteString("event", "run-started");
                json.WriteString("pipeline", started.Pipeline);
                Texts(json, "stages", started.StageIds);
                break;
            case RunEvent.StageStarted started:
                Stage(json, "stage-started", started.StageId);
                Texts(json, "why", started.Why);
                break;
            case RunEvent.StageWaiting waiting:
                Stage(json, "stage-waiting", waiting.StageId);
                json.WriteString("holder", waiting.Holder);
                break;
            case RunEvent.StageRetried retried:
                Stage(json, "stage-retried", retried.StageId);
                json.WriteNumber("attempt", retried.Attempt);
                json.WriteNumber("most", retried.Most);
                json.WriteString("reason", retried.Reason);
                json.WriteNumber("pause_seconds", retried.Pause.TotalSeconds);
                break;
            case RunEvent.StageAdvanced advanced:
                Advanced(json, advanced);
                break;
            case RunEvent.StageLogged logged:
                Stage(json, "stage-logged", logged.StageId);
                json.WriteBoolean("warning", logged.IsWarning);
                json.WriteString("line", logged.Line);
                break;
            case RunEvent.StageFinished finished:
                Finished(json, finished);
                break;
        }
    });

    /// <summary>The last line: what the exit code means and where things are.</summary>
    public void Summary(RunRecord run, string? report) => Write(json =>
    {
        json.WriteString("event", "run-finished");
        json.WriteString("run", run.Id);
        json.WriteNumber("took_seconds", Math.Round(run.Took.TotalSeconds, 3));
        json.WriteNumber("ran", run.Stages.Count(stage => stage.Outcome is StageOutcome.Ran));
        json.WriteNumber("reused", run.Stages.Count(stage => stage.Outcome is StageOutcome.Reused));
        json.WriteNumber("stale", run.Stages.Count(stage => stage.Outcome is StageOutcome.Stale));
        json.WriteNumber("failed", run.Stages.Count(stage => stage.Outcome is StageOutcome.Failed));
        json.WriteBoolean("interrupted", run.Interrupted);
        json.WriteString("report", report);
    });

    public void Dispose() => output.Flush();

    private static void Advanced(Utf8JsonWriter json, RunEvent.StageAdvanced advanced)
    {
        Stage(json, "stage-advanced", advanced.StageId);
        json.WriteNumber("done", advanced.Progress.Done);
        if (advanced.Progress.Total is { } total)
            json.WriteNumber("total", total);
        json.WriteString("unit", advanced.Progress.Unit);
        foreach (var (name, number) in advanced.Progress.Values ?? new Dictionary<string, double>())
            if (double.IsFinite(number))
                json.WriteNumber(name, number);
    }

    private static void Finished(Utf8JsonWriter json, RunEvent.StageFinished finished)
    {
        Stage(json, "stage-finished", finished.StageId);
        json.WriteString("outcome", finished.Outcome.GetType().Name.ToLowerInvariant());
        json.WriteString("note", finished.Note);
        if (finished.Outcome is StageOutcome.Ran ran)
            json.WriteNumber("took_seconds", Math.Round(ran.Took.TotalSeconds, 3));
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
            Texts(json, "details", failed.Details);
        }
    }

    private static void Stage(Utf8JsonWriter json, string name, string stage)
    {
        json.WriteString("event", name);
        json.WriteString("stage", stage);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }
        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        output.Flush();
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>How a stage of a run ended, as JSON and back.</summary>
internal static class StageRunJson
{
    public static void Write(Utf8JsonWriter json, StageRun stage)
    {
        json.WriteStartObject();
        json.WriteString("id", stage.Id);
        json.WriteString("kind", stage.Kind);
        json.WriteString("note", stage.Note);
        json.WriteTexts("why", stage.Why);
        if (stage.Attempts > 1)
            json.WriteNumber("attempts", stage.Attempts);
        if (stage.Hosted is { } hosted)
            Write(json, hosted);
        if (stage.Span is { } span)
        {
            json.WriteSeconds("started_after_seconds", span.Started);
            json.WriteSeconds("executed_seconds", span.Took);
            json.WriteNumber("lane", span.Lane);
        }
        json.WriteString("outcome", stage.Outcome.GetType().Name.ToLowerInvariant());
        switch (stage.Outcome)
        {
            case StageOutcome.Ran ran:
                WriteResult(json, ran.Made!, ran.Outputs);
                break;
            case StageOutcome.Reused reused:
                json.WriteString("from_run", reused.FromRun);
                if (reused.Origin is { } origin)
                    json.WriteString("origin", origin);
                WriteResult(json, reused.Made!, reused.Outputs);
                break;
            case StageOutcome.Stale stale:
                json.WriteString("because_of", stale.BecauseOf);
                if (stale.Last is { } last)
                {
                    json.WriteString("from_run", last.FromRun);
                    WriteResult(json, last.Made!, last.Outputs);
                }
                break;
            case StageOutcome.Skipped skipped:
                json.WriteString("because_of", skipped.BecauseOf);
                break;
            case StageOutcome.Failed failed:
                json.WriteString("message", failed.Message);
                json.WriteString("help", failed.Help);
                json.WriteString("log", failed.LogPath);
                if (failed.Details.Count > 0)
                    json.WriteTexts("details", failed.Details);
                if (failed.At is { } at)
                    PlaceJson.Write(json, "at", at);
                break;
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, HostedRun hosted)
    {
        json.WriteStartObject("job");
        json.WriteString("id", hosted.Job);
        json.WriteString("node", hosted.Node);
        if (hosted.Waited is { } waited)
            json.WriteSeconds("waited_seconds", waited);
        if (hosted.Memory is { } memory)
            json.WriteNumber("peak_memory", memory);
        if (hosted.Processor is { } processor)
            json.WriteSeconds("processor_seconds", processor);
        json.WriteEndObject();
    }

    private static HostedRun ReadHosted(JsonElement json) => new(
        json.GetText("id"), json.GetText("node"),
        json.TryGetProperty("waited_seconds", out _) ? json.GetSeconds("waited_seconds") : null,
        json.TryGetProperty("peak_memory", out var memory) ? memory.GetInt64() : null,
        json.TryGetProperty("processor_seconds", out _) ? json.GetSeconds("processor_seconds") : null);

    public static StageRun Read(JsonElement json, StoreLayout layout) =>
        new(json.GetText("id"), json.GetText("kind"), ReadOutcome(json, layout), json.FindText("note"))
        {
            Why = json.GetTexts("why"),
            Span = json.TryGetProperty("lane", out var lane) ? new(json.GetSeconds("started_after_seconds"),
                json.GetSeconds("executed_seconds"), lane.GetInt32()) : null,
            Attempts = json.TryGetProperty("attempts", out var attempts) ? attempts.GetInt32() : 1,
            Hosted = json.TryGetProperty("job", out var job) ? ReadHosted(job) : null,
        };

    private static StageOutcome ReadOutcome(JsonElement json, StoreLayout layout) => json.GetText("outcome") switch
    {
        "ran" => new StageOutcome.Ran(json.GetHash("fingerprint"), json.GetSeconds("took_seconds"), ReadOutputs(json, layout))
        {
            Memory = ReadMemory(json),
        },
        "reused" => ReadReused(json, layout),
        "stale" =>
            new StageOutcome.Stale(json.GetText("because_of"), json.TryGetProperty("outputs", out _) ? ReadReused(json, layout) : null),
        "skipped" => new StageOutcome.Skipped(json.FindText("because_of")),
        "failed" => new StageOutcome.Failed(json.GetText("message"), json.FindText("help"), json.GetText("log"))
        {
            At = json.TryGetProperty("at", out var at) ? PlaceJson.Read(at) : null,
            Details = json.TryGetProperty("details", out _) ? json.GetTexts("details") : [],
        },
        "interrupted" => new StageOutcome.Interrupted(),
        var other => throw new JsonException($"There is no outcome '{other}'."),
    };

    private static StageOutcome.Reused ReadReused(JsonElement json, StoreLayout layout) =>
        new(json.GetHash("fingerprint"), json.GetSeconds("took_seconds"), ReadOutputs(json, layout))
        {
            Memory = ReadMemory(json),
            FromRun = json.FindText("from_run"),
            Origin = json.FindText("origin"),
        };

    // A record of an older runner has none.
    private static MemoryUse? ReadMemory(JsonElement json) =>
        json.TryGetProperty("peak_memory", out var peak) && json.TryGetProperty("memory_before", out var before)
            ? new(peak.GetInt64(), before.GetInt64())
            : null;

    private static void WriteResult(Utf8JsonWriter json, StageOutcome.Making made, ArtifactSet outputs)
    {
        json.WriteString("fingerprint", made.Fingerprint.Hex);
        json.WriteSeconds("took_seconds", made.Took);
        if (made.Memory is { } memory)
        {
            json.WriteNumber("peak_memory", memory.Peak);
            json.WriteNumber("memory_before", memory.Before);
        }
        json.WritePropertyName("outputs");
        ArtifactJson.Write(json, outputs);
    }

    private static ArtifactSet ReadOutputs(JsonElement json, StoreLayout layout)
    {
        var outputs = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(json.GetProperty("outputs")));
        return ArtifactJson.Read(ref outputs, layout);
    }
}

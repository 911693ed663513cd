using System.Globalization;
using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>What was executed when, as trace events (complete events, microseconds) that Perfetto and chrome://tracing open.</summary>
internal static class RunTrace
{
    private const int Process = 1;

    public static byte[] ToBytes(RunRecord record) => JsonWriting.ToBytes(json =>
    {
        json.WriteStartArray("traceEvents");
        WriteName(json, "process_name", 0, $"{record.Pipeline} ({record.Id})");
        foreach (var lane in record.Stages.Select(stage => stage.Span?.Lane).OfType<int>().Distinct().Order())
            WriteName(json, "thread_name", lane, string.Create(CultureInfo.InvariantCulture, $"lane {lane + 1}"));
        foreach (var stage in record.Stages.Where(stage => stage.Span is not null).OrderBy(stage => stage.Span!.Started))
            Write(json, stage, stage.Span!);
        json.WriteEndArray();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartObject("otherData");
        json.WriteString("run", record.Id);
        json.WriteString("started", record.Started.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("command", record.Environment.CommandLine);
        json.WriteEndObject();
    });

    private static void WriteName(Utf8JsonWriter json, string what, int lane, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", what);
        json.WriteString("ph", "M");
        json.WriteNumber("pid", Process);
        json.WriteNumber("tid", lane);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StageRun stage, StageSpan span)
    {
        json.WriteStartObject();
        json.WriteString("name", stage.Id);
        json.WriteString("cat", stage.Kind);
        json.WriteString("ph", "X");
        json.WriteNumber("ts", (long)span.Started.TotalMicroseconds);
        json.WriteNumber("dur", (long)span.Took.TotalMicroseconds);
        json.WriteNumber("pid", Process);
        json.WriteNumber("tid", span.Lane);
        json.WriteStartObject("args");
        json.WriteString("kind", stage.Kind);
        json.WriteString("outcome", stage.Outcome.GetType().Name.ToLowerInvariant());
        json.WriteString("why", string.Join('\n', stage.Why));
        if (stage.Outcome is StageOutcome.Ran ran)
            json.WriteString("fingerprint", ran.Fingerprint.Hex);
        if (stage.Outcome.Results?.ByPort.Values.SelectMany(port => port).OfType<Table>().FirstOrDefault() is { } table)
            json.WriteNumber("rows", table.Rows);
        if (stage.Note is { } note)
            json.WriteString("note", note);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

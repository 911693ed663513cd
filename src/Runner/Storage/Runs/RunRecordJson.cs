using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>A run record as JSON and back.</summary>
internal static class RunRecordJson
{
    private const string Format = "pipelines run 2";
    private const string FormatWithoutChecksum = "pipelines run 1";
    private const string ChecksumStart = ",\"checksum\":\"";
    private const int MaxPending = 1 << 16;

    /// <summary>
    /// In one line: with thousands of stages, the blanks would be half of the file. Its last member is the checksum of all before.
    /// </summary>
    public static void Write(RunRecord record, Stream target)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(target, hash, CryptoStreamMode.Write, leaveOpen: true))
            JsonWriting.WriteOpen(hashed, json => WriteMembers(json, record));
        target.Write(Encoding.ASCII.GetBytes($"{ChecksumStart}{Convert.ToHexStringLower(hash.Hash!)}\"}}\n"));
    }

    private static void WriteMembers(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteString("format", Format);
        json.WriteString("id", record.Id);
        json.WriteString("pipeline", record.Pipeline);
        json.WriteString("started", record.Started.ToString("O", CultureInfo.InvariantCulture));
        json.WriteSeconds("took_seconds", record.Took);
        json.WriteBoolean("interrupted", record.Interrupted);
        Write(json, "variables", record.Overrides.Variables);
        Write(json, "values", record.Overrides.Values);
        Write(json, record.Environment);
        json.WriteStartArray("stages");
        foreach (var stage in record.Stages)
        {
            StageRunJson.Write(json, stage);
            // Kept small, so that the record of a run with thousands of stages is never in memory as a whole.
            if (json.BytesPending > MaxPending)
                json.Flush();
        }
        json.WriteEndArray();
        json.WriteStartArray("expectations");
        foreach (var expectation in record.Expectations)
            Write(json, expectation);
        json.WriteEndArray();
    }

    /// <summary>Null when the file is not a whole record of this version.</summary>
    public static RunRecord? Parse(byte[] bytes, StoreLayout layout)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var json = document.RootElement;
            return json.GetText("format") switch
            {
                Format when HasItsChecksum(bytes) => Read(json, layout),
                FormatWithoutChecksum => Read(json, layout),
                _ => null,
            };
        }
        catch (Exception error) when (
            error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static bool HasItsChecksum(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf(Encoding.ASCII.GetBytes(ChecksumStart));
        return end > 0 && bytes[(end + ChecksumStart.Length)..].StartsWith(Encoding.ASCII.GetBytes(ContentHash.Of(bytes[..end]).Hex));
    }

    private static RunRecord Read(JsonElement json, StoreLayout layout) => new(
        json.GetText("id"), json.GetText("pipeline"), DateTimeOffset.ParseExact(json.GetText("started"), "O", CultureInfo.InvariantCulture),
        json.GetSeconds("took_seconds"), ReadEnvironment(json.GetProperty("environment")),
        ReadStages(json.GetProperty("stages"), layout), json.GetProperty("expectations").ReadAll(ReadExpectation))
    {
        Interrupted = json.GetProperty("interrupted").GetBoolean(),
        Overrides = new(ReadTexts(json, "variables"), ReadTexts(json, "values")),
    };

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static IReadOnlyList<string> ReadTexts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var texts) ? texts.ReadAll(text => text.GetString()!) : [];

    private static IReadOnlyList<StageRun> ReadStages(JsonElement json, StoreLayout layout)
    {
        return json.ReadAll(stage => StageRunJson.Read(stage, layout));
    }

    private static void Write(Utf8JsonWriter json, EnvironmentInfo environment)
    {
        json.WriteStartObject("environment");
        json.WriteString("os", environment.Os);
        json.WriteString("dotnet", environment.Dotnet);
        json.WriteString("runner", environment.Runner);
        json.WriteString("engine", environment.Engine);
        json.WriteString("device", environment.Device);
        json.WriteNumber("threads", environment.Threads);
        json.WriteString("git_commit", environment.GitCommit);
        if (environment.GitDirty is { } dirty)
            json.WriteBoolean("git_dirty", dirty);
        json.WriteString("command_line", environment.CommandLine);
        json.WriteEndObject();
    }

    private static EnvironmentInfo ReadEnvironment(JsonElement json) => new(
        json.GetText("os"), json.GetText("dotnet"), json.GetText("runner"), json.FindText("engine"), json.GetText("device"),
        json.GetProperty("threads").GetInt32(), json.FindText("git_commit"),
            json.TryGetProperty("git_dirty", out var dirty) ? dirty.GetBoolean() : null,
        json.GetText("command_line"));

    private static void Write(Utf8JsonWriter json, ExpectationResult result)
    {
        json.WriteStartObject();
        json.WriteString("metric", result.Expectation.Metric);
        if (result.Expectation.Minus is { } minus)
            json.WriteString("minus", minus);
        WriteIfAny(json, "at_least", result.Expectation.AtLeast);
        WriteIfAny(json, "at_most", result.Expectation.AtMost);
        WriteIfAny(json, "value", result.Value);
        json.WriteBoolean("met", result.Met);
        PlaceJson.Write(json, "at", result.Expectation.At);
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumberOrWord(name, number);
    }

    private static ExpectationResult ReadExpectation(JsonElement json) => new(
        new(json.GetText("metric"), ReadIfAny(json, "at_least"), ReadIfAny(json, "at_most"), PlaceJson.Read(json.GetProperty("at")))
        {
            Minus = json.FindText("minus"),
        },
        ReadIfAny(json, "value"), json.GetProperty("met").GetBoolean());

    private static double? ReadIfAny(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetNumberOrWord() : null;
}

/// <summary>A place in a file; the text of the file is not kept.</summary>
internal static class PlaceJson
{
    public static void Write(Utf8JsonWriter json, string name, SourceSpan place)
    {
        json.WriteStartObject(name);
        json.WriteString("file", place.File?.Path ?? "");
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
        json.WriteNumber("length", place.Length);
        json.WriteEndObject();
    }

    public static SourceSpan Read(JsonElement json) => new(
        new(json.GetText("file"), ""), json.GetProperty("line").GetInt32(), json.GetProperty("column").GetInt32(),
        json.GetProperty("length").GetInt32());
}

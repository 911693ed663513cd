using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting;

/// <summary><c>findings.json</c> beside the tables: what a report says on its first page, for the terminal and for programs.</summary>
internal static class FindingsFile
{
    public const string Name = "findings.json";

    public static string Of(string folder) => Path.Combine(folder, Name);

    /// <param name="told">The evaluation that the report is about.</param>
    public static void Write(Stream file, ReportModel report, string? told) => JsonSerializer.Serialize(file, new JsonObject
    {
        ["stage"] = told,
        ["answer"] = Answer(report),
        ["findings"] = new JsonArray([.. report.Findings.Select(finding =>
            new JsonObject { ["title"] = finding.Title, ["text"] = finding.Text })]),
        ["limits"] = new JsonArray([.. report.Limits.Select(limit => (JsonNode)limit)]),
    }, Json.Indented);

    /// <summary>The evaluation that a report is about; null where it has none.</summary>
    public static string? Told(string path) =>
        Read(path, file => file.TryGetProperty("stage", out var stage) ? stage.GetString() : null);

    /// <summary>The answer, and the titles of the findings; empty where there are none.</summary>
    public static IReadOnlyList<string> Lines(string path) => Read(path, LinesOf) ?? [];

    private static List<string> LinesOf(JsonElement file)
    {
        var titles = file.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("title").GetString());
        return [.. new[] { file.GetProperty("answer").GetString(), string.Join(" · ", titles) }
            .OfType<string>().Where(line => line.Length > 0).Select(Plain)];
    }

    // Null where there is none, or it is of an older runner, or was spoilt: the report itself says the same.
    private static T? Read<T>(string path, Func<JsonElement, T?> read)
        where T : class
    {
        if (!FileStamp.IsFile(path))
            return null;
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(file.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? Answer(ReportModel report) => report.Headline is not { } headline ? null
        : string.Join(report.Text["colon"], new[] { headline.Lead, headline.Answer }.OfType<string>());

    // Not every terminal has the spaces that French sets.
    private static string Plain(string line) => line.Replace('\u202F', ' ').Replace('\u00A0', ' ');
}

using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Shell;

/// <summary>Metrics as a JSON object of numbers; objects inside it give names with dots: <c>test.accuracy</c>.</summary>
internal static class MetricsFile
{
    private const int MaxNesting = 8;

    /// <exception cref="StageException">It is something else.</exception>
    public static IReadOnlyDictionary<string, double> Read(string path, string port)
    {
        SortedDictionary<string, double> values = new(StringComparer.Ordinal);
        try
        {
            using var document = StrictJson.Document(File.ReadAllBytes(path), new() { MaxDepth = MaxNesting, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Wrong(port, $"is {Described(document.RootElement)}");
            Add(document.RootElement, "", port, values);
        }
        catch (JsonException error)
        {
            throw Wrong(port, $"is not JSON: {error.Message}");
        }
        return values.Count > 0 ? values : throw Wrong(port, "holds no number");
    }

    private static void Add(JsonElement json, string before, string port, SortedDictionary<string, double> values)
    {
        foreach (var member in json.EnumerateObject())
        {
            var name = before + member.Name;
            if (member.Value.ValueKind == JsonValueKind.Object)
                Add(member.Value, name + ".", port, values);
            else if (member.Value.ValueKind == JsonValueKind.Number)
                values[name] = member.Value.GetDouble();
            else
                throw Wrong(port, $"has {Described(member.Value)} for '{name}'");
        }
    }

    private static string Described(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a single number",
        _ => "true or false",
    };

    private static StageException Wrong(string port, string what) => new($"the file for the metrics '{port}' {what}")
    {
        Help = "write a JSON object of numbers, e.g. {\"accuracy\": 0.9}; NaN is no JSON",
        Parameter = "run",
    };
}

using System.Text;
using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Records in a list, in an object, or one a line; beside it documents of System.Text.Json.</summary>
internal sealed class JsonFiles() : FuzzedFormat("json")
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public override IReadOnlyList<byte[]> Samples { get; } = [.. new[]
    {
        """[{"text": "un deux", "label": "A"}, {"text": "é \"x\" \n", "label": 1.50}, {"label": true, "text": "\u00e9\ud83d\ude00"}]""",
        """{"a": {"text": "un", "label": null}, "b": {"text": "deux", "meta": {"x": [1, 2]}, "label": ""}}""",
        "{\"text\": \"un\", \"label\": \"A\"}\n\n{\"text\": \"deux\", \"label\": \"B\"}\r\n{\"text\": \"trois\", \"label\": -1e5}\n",
        """{"text": "seul", "label": "A"}""",
    }.Select(Encoding.UTF8.GetBytes)];

    public override IReadOnlyList<string> Pieces { get; } =
        ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\udc00", "\"text\"", "\"label\":", "null", "true", "1e999", "-0",
            "01", "\n", "\r\n", "// x", "/* */", "NaN", "\0", "é", "\uFEFF", "[[[[[[[[[[[[[[[[", "{}", "{}\n{}"];

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        await Task.CompletedTask;
        var expected = Expected(bytes);
        List<(string, string)> read;
        try
        {
            read = Read(path);
        }
        catch (StageException)
        {
            Assert.True(expected is null, "refused");
            return false;
        }
        Assert.NotNull(expected);
        Assert.Equal(expected, read);
        return true;
    }

    private static List<(string, string)> Read(string path)
    {
        using var records = JsonRecords.Open(new(path, "data.json", "file"), null, null, "utf-8");
        var (text, label) = (records.IndexOf("text", "text"), records.IndexOf("label", "label"));
        List<(string, string)> read = [];
        while (records.ReadAsync(CancellationToken.None).AsTask().Result)
            read.Add((records[text], records[label]));
        return read;
    }

    private static List<(string, string)>? Expected(byte[] bytes)
    {
        if (StrictText.Of(bytes) is not { } text)
            return null;
        try
        {
            var records = Records(text);
            records.ForEach(ReadTexts);
            foreach (var name in new[] { "text", "label" })
                if (!records.Exists(record => record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out _)))
                    return null;
            return [.. records.Select(record => (Field(record, "text"), Field(record, "label")))];
        }
        // A half of a surrogate pair is no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // A document reads a text only when it is asked for it, and then refuses half of a surrogate pair.
    private static void ReadTexts(JsonElement record)
    {
        if (record.ValueKind == JsonValueKind.Object)
            foreach (var field in record.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String))
                field.Value.GetString();
    }

    private static List<JsonElement> Records(string text)
    {
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(text, Strict).RootElement;
        }
        catch (JsonException)
        {
            return [.. text.Split('\n').Where(line => line.Trim(' ', '\t', '\r').Length > 0)
                .Select(line => JsonDocument.Parse(line, Strict).RootElement)];
        }
        return root.ValueKind switch
        {
            JsonValueKind.Array => [.. root.EnumerateArray()],
            JsonValueKind.Object when root.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Object) =>
                [.. root.EnumerateObject().Select(member => member.Value)],
            JsonValueKind.Object => [root],
            _ => throw new JsonException("no records"),
        };
    }

    private static string Field(JsonElement record, string name)
    {
        if (!record.TryGetProperty(name, out var value))
            return "";
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            JsonValueKind.Object or JsonValueKind.Array => throw new JsonException("no text"),
            _ => value.GetRawText(),
        };
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Terminal;

/// <summary>One JSON object a line, for programs; each says in <c>event</c> what it is.</summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteEvent(this TextWriter output, string name, Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            content(json);
            json.WriteEndObject();
        }
        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        output.Flush();
    }

    public static void WriteEvents(this TextWriter output, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            output.WriteEvent("diagnostic", json =>
            {
                json.WriteString("severity", diagnostic.Severity == Severity.Error ? "error" : "warning");
                json.WriteString("code", diagnostic.Code);
                json.WriteString("message", diagnostic.Message);
                json.WriteString("help", diagnostic.Help);
                Place(json, diagnostic.At);
                json.WriteStartArray("related");
                foreach (var related in diagnostic.Related ?? [])
                {
                    json.WriteStartObject();
                    json.WriteString("note", related.Note);
                    Place(json, related.At);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
    }

    /// <summary>What went wrong without a place in a file.</summary>
    public static void WriteError(this TextWriter output, string message, string? help) => output.WriteEvent("error", json =>
    {
        json.WriteString("message", message);
        json.WriteString("help", help);
    });

    public static void Place(Utf8JsonWriter json, SourceSpan at)
    {
        json.WriteString("file", at.File.Path);
        json.WriteNumber("line", at.Line);
        json.WriteNumber("column", at.Column);
        json.WriteNumber("length", at.Length);
    }
}

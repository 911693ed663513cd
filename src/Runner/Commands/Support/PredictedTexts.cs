using System.Text.Json;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Runner.Commands;

/// <summary>Where the texts of <c>predict</c> come from: the command line, a file, a pipe, the keyboard.</summary>
internal static class PredictedTexts
{
    public const string Csv = "csv", JsonLines = "jsonl", Text = "text";

    private const string Quit = "quit";
    private const string Pipe = "-";

    /// <param name="format">Null: by the ending of the file's name.</param>
    /// <param name="column">Of a CSV file, or the member of a JSON object.</param>
    /// <exception cref="UsageException">The file cannot be read, or holds something else.</exception>
    public static IEnumerable<string> Of(Screen screen, string input, string? format, string column)
    {
        var plain = input.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? input[..^3] : input;
        format ??= Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".csv" => Csv,
            ".jsonl" or ".ndjson" or ".json" => JsonLines,
            _ => Text,
        };
        if (input != Pipe && !File.Exists(input))
            throw new UsageException($"there is no file '{input}'");
        if (input == Pipe && format == Csv)
            throw new UsageException("CSV is read from a file only", "name it: --input FILE.csv");
        var lines = format == Csv ? TextFile.Column(input, column) : input == Pipe ? Piped(screen.In) : TextFile.Lines(input);
        return Worded(format == JsonLines ? Parsed(lines, input, column) : lines.Where(line => line.Length > 0 || format == Csv));
    }

    /// <summary>One a line, until <c>quit</c>.</summary>
    public static IEnumerable<string> Typed(Screen screen)
    {
        while (true)
        {
            if (screen.IsInteractive)
                screen.Out.Write("text> ");
            var line = screen.In.ReadLine();
            if (line is null || line.Trim() == Quit)
                yield break;
            if (line.Trim().Length > 0)
                yield return line;
        }
    }

    private static IEnumerable<string> Piped(TextReader input)
    {
        while (input.ReadLine() is { } line)
            yield return line;
    }

    private static IEnumerable<string> Parsed(IEnumerable<string> lines, string input, string member)
    {
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Trim().Length > 0)
                yield return TextOf(line, member)
                    ?? throw new UsageException($"line {number} of {input} is no JSON text and no object with a text '{member}'");
        }
    }

    private static string? TextOf(string line, string member)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var text = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(member, out var found)
                ? found
                : json.RootElement;
            return text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // What is wrong with a file is wrong with what the user typed, not with a stage.
    private static IEnumerable<string> Worded(IEnumerable<string> texts)
    {
        using var all = texts.GetEnumerator();
        while (true)
        {
            try
            {
                if (!all.MoveNext())
                    yield break;
            }
            catch (StageException error)
            {
                throw new UsageException(error.Message, error.Help);
            }
            yield return all.Current;
        }
    }
}

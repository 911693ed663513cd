using System.Text;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Chat;

/// <summary>The answers so far, in a file of JSON lines: an interrupted stage goes on without asking anything twice.</summary>
internal sealed class ChatAnswers : IDisposable
{
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly FileStream _file;

    public ChatAnswers(string path)
    {
        _file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        // Whoever is killed while writing leaves a line without an end.
        var complete = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, complete).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _answers[(string)JsonNode.Parse(line)!["question"]!] = (string)JsonNode.Parse(line)!["answer"]!;
        _file.SetLength(complete);
        _file.Position = complete;
    }

    /// <summary>The answer to a request, asked for only once.</summary>
    public async Task<string> GetAsync(JsonObject request, Func<Task<string>> ask)
    {
        var question = ContentHash.Of(Encoding.UTF8.GetBytes(request.ToJsonString())).Hex;
        if (_answers.TryGetValue(question, out var known))
            return known;
        var answer = await ask().ConfigureAwait(false);
        _answers[question] = answer;
        _file.Write(Encoding.UTF8.GetBytes(new JsonObject { ["question"] = question, ["answer"] = answer }.ToJsonString() + "\n"));
        _file.Flush();
        return answer;
    }

    public void Dispose() => _file.Dispose();
}

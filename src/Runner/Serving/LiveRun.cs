using System.Text;
using System.Text.Json;

namespace Pipelines.Runner.Serving;

/// <summary>A run of another process that still goes on, as its journal tells it so far.</summary>
internal sealed class LiveRun(string id, string journal)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveStage> _stages = new(StringComparer.Ordinal);
    private long _read;

    public string Id => id;

    public string Pipeline { get; private set; } = "";

    /// <summary>Since the run began, by its latest event.</summary>
    public TimeSpan Told { get; private set; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<LiveStage> Stages { get; private set; } = [];

    public int Finished => Stages.Count(stage => stage.IsOver);

    /// <summary>Reads what was written since; true when there was something.</summary>
    public bool Refresh()
    {
        lock (_gate)
        {
            // Opened for a moment only: whoever asks whether the run goes on tries to lock the file.
            using var file = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(_read, SeekOrigin.Begin);
            var bytes = new byte[file.Length - _read];
            file.ReadExactly(bytes);
            // The last line may not be written to its end yet.
            var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
            foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Take(line);
            _read += whole;
            return whole > 0;
        }
    }

    private void Take(string line)
    {
        using var json = JsonDocument.Parse(line);
        var told = json.RootElement;
        Told = TimeSpan.FromSeconds(told.GetProperty("seconds").GetDouble());
        if (told.TryGetProperty("stage", out var name) && _stages.TryGetValue(name.GetString()!, out var stage))
            stage.Take(told, Told);
        else if (told.GetProperty("event").GetString() == "run-started")
        {
            Pipeline = told.GetProperty("pipeline").GetString()!;
            Stages = [.. told.GetProperty("stages").EnumerateArray().Select(other => new LiveStage(other.GetString()!))];
            foreach (var known in Stages)
                _stages[known.Id] = known;
        }
    }
}

using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Serving;

/// <summary>A stage of a run that goes on.</summary>
internal sealed class LiveStage(string id)
{
    private const int MaxPoints = 400;

    private readonly List<double> _curve = [];

    public string Id => id;

    /// <summary>A word of theme.css: <c>waiting</c>, <c>running</c>, or how it ended.</summary>
    public string State { get; private set; } = "waiting";

    public bool IsOver => State is not ("waiting" or "running");

    public IReadOnlyList<string> Why { get; private set; } = [];

    /// <summary>Since the run began; null before it starts.</summary>
    public TimeSpan? Started { get; private set; }

    public TimeSpan? Took { get; private set; }

    public long Done { get; private set; }

    public long? Total { get; private set; }

    public string Unit { get; private set; } = "";

    /// <summary>What it measures while it runs, e.g. the loss.</summary>
    public IReadOnlyDictionary<string, double> Values { get; private set; } = new Dictionary<string, double>();

    /// <summary>How good it was as it went, e.g. its loss; thinned out where it is long.</summary>
    public IReadOnlyList<double> Curve => _curve;

    /// <summary>Why it failed, or which other process it waits for.</summary>
    public string? Message { get; private set; }

    public void Take(JsonElement told, TimeSpan at)
    {
        switch (told.GetProperty("event").GetString())
        {
            case "stage-started":
                (State, Started, Why) = ("running", at, [.. told.GetProperty("why").EnumerateArray().Select(why => why.GetString()!)]);
                break;
            case "stage-waiting":
                Message = told.GetProperty("holder").GetString();
                break;
            case "stage-advanced":
                Advance(told);
                break;
            case "stage-finished":
                State = told.GetProperty("outcome").GetString()!;
                Took = told.TryGetProperty("took_seconds", out var took) ? TimeSpan.FromSeconds(took.GetDouble()) : null;
                Message = told.TryGetProperty("message", out var message) ? message.GetString() : null;
                break;
        }
    }

    private void Advance(JsonElement told)
    {
        (Done, Unit, Message) = (told.GetProperty("done").GetInt64(), told.GetProperty("unit").GetString()!, null);
        Total = told.TryGetProperty("total", out var total) ? total.GetInt64() : null;
        Values = told.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.Number
                && member.Name is not ("done" or "total" or "seconds" or "step"))
            .ToDictionary(member => member.Name, member => member.Value.GetDouble());
        // How good it is by now; the first value of a training is its epoch.
        if (Values.Keys.FirstOrDefault(name => MetricNames.Direction(name) != 0) is not { } measure)
            return;
        _curve.Add(Values[measure]);
        if (_curve.Count > MaxPoints)
            for (var i = _curve.Count - 1; i > 0; i -= 2)
                _curve.RemoveAt(i);
    }
}

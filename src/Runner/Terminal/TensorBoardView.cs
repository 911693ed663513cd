using Pipelines.Runner.Execution;
using Pipelines.Stages.Torch;

namespace Pipelines.Runner.Terminal;

/// <summary>
/// The curves of trainings as they go on, in a folder that TensorBoard watches: a folder a run, in it one a stage. Times are seconds since
/// the run began.
/// </summary>
/// <param name="view">Who else is told.</param>
internal sealed class TensorBoardView(IRunView view, string folder, TimeProvider time) : IRunView
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(500);

    private readonly long _begun = time.GetTimestamp();
    private readonly Dictionary<string, Curves> _curves = new(StringComparer.Ordinal);
    private string _run = "";

    /// <summary>Why the curves end before the run, in words; null: they do not.</summary>
    public string? Lost { get; private set; }

    public void Report(RunEvent value)
    {
        view.Report(value);
        if (value is RunEvent.RunStarted started)
            _run = started.Run;
        if (Lost is not null || value is not RunEvent.StageAdvanced { Progress.Step: { } step } advanced)
            return;
        try
        {
            Write(advanced, step);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As with the journal: a full disk must not end a run that would have got by with the room it has.
            Lost = $"TensorBoard sees nothing of this run any further: {error.Message}";
        }
    }

    public void Dispose() => view.Dispose();

    // The writer opens its file for every number: what comes with each batch is thinned out.
    private void Write(RunEvent.StageAdvanced advanced, long step)
    {
        var now = time.GetElapsedTime(_begun);
        if (!_curves.TryGetValue(advanced.StageId, out var curves))
            _curves.Add(advanced.StageId, curves = new(new(Path.Combine(folder, _run, FileName.Of(advanced.StageId)))));
        var seconds = now.TotalSeconds;
        foreach (var (name, number) in advanced.Progress.Measured ?? new Dictionary<string, double>())
            curves.File.Scalar(name.Replace('.', '/'), number, step, seconds);
        if (advanced.Progress.Measured is not null || now - curves.Last < MinPause)
            return;
        curves.Last = now;
        foreach (var (name, number) in advanced.Progress.Values ?? new Dictionary<string, double>())
            if (double.IsFinite(number))
                curves.File.Scalar($"progress/{name}", number, step, seconds);
    }

    private sealed class Curves(EventFile file)
    {
        public EventFile File => file;

        public TimeSpan Last { get; set; } = -MinPause;
    }
}

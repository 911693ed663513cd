using System.Text;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>One line where a stage starts and one where it ends: for pipes, files and CI.</summary>
internal sealed class PlainRunView(TextWriter output) : IRunView
{
    private const int MaxHeld = 1 << 14;

    private readonly StringBuilder _lines = new();
    private int _width;

    public void Report(RunEvent value)
    {
        switch (value)
        {
            case RunEvent.RunStarted started:
                _width = started.StageIds.Select(id => id.Length).DefaultIfEmpty().Max();
                break;
            case RunEvent.StageStarted started:
                Line(started.StageId, $"runs: {string.Join("; ", started.Why)}");
                break;
            case RunEvent.StageWaiting waiting:
                Line(waiting.StageId, $"waits for {waiting.Holder}");
                break;
            case RunEvent.StageHosted hosted:
                Line(hosted.StageId, OutcomeFormat.Of(hosted));
                break;
            case RunEvent.StageRetried retried:
                Line(retried.StageId, OutcomeFormat.Of(retried));
                break;
            case RunEvent.StageAdvanced { Progress.Note: { } note } advanced:
                Line(advanced.StageId, note);
                break;
            case RunEvent.StageLogged { IsWarning: true } logged:
                Line(logged.StageId, $"warning: {logged.Line}");
                break;
            case RunEvent.StageFinished finished:
                Line(finished.StageId, OutcomeFormat.Of(finished.Outcome, finished.Note));
                break;
        }
        // What is reused comes thousands of lines at once; whatever takes time is shown when it happens.
        if (value is not RunEvent.StageFinished { Outcome: StageOutcome.Reused } || _lines.Length > MaxHeld)
            Flush();
    }

    public void Dispose() => Flush();

    private void Line(string stage, string text) => _lines.Append(stage.PadRight(_width)).Append("  ").AppendLine(Format.OneLine(text));

    private void Flush()
    {
        output.Write(_lines);
        output.Flush();
        _lines.Clear();
    }
}

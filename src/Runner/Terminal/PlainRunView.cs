using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>One line where a stage starts and one where it ends: for pipes, files and CI.</summary>
internal sealed class PlainRunView(TextWriter output) : IRunView
{
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
            case RunEvent.StageRetried retried:
                Line(retried.StageId, OutcomeText.Of(retried));
                break;
            case RunEvent.StageLogged { IsWarning: true } logged:
                Line(logged.StageId, $"warning: {logged.Line}");
                break;
            case RunEvent.StageFinished finished:
                Line(finished.StageId, OutcomeText.Of(finished.Outcome, finished.Note));
                break;
        }
        output.Flush();
    }

    public void Dispose() => output.Flush();

    private void Line(string stage, string text) => output.WriteLine($"{stage.PadRight(_width)}  {text}");
}

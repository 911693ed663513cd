using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>Shows a run while it happens; events come one at a time, from any thread.</summary>
internal interface IRunView : IProgress<RunEvent>, IDisposable
{
}

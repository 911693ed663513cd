namespace Pipelines.Runner.Execution;

/// <summary>Starts work beside that of a command, where no stages run any more that could want the processors.</summary>
internal static class Aside
{
#pragma warning disable RS0030 // RunLoop has ended, or there is none.
    public static Task Start(Action work) => Task.Run(work);

    public static Task<T> Start<T>(Func<T> work) => Task.Run(work);
#pragma warning restore RS0030
}

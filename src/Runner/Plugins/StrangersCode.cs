#pragma warning disable RS0030 // Code that loops or ends the program leaves no other way than a thread and the process itself.
using System.Runtime.ExceptionServices;

namespace Pipelines.Runner.Plugins;

/// <summary>
/// Runs what may run initializers of somebody else: one that does not end is left behind, one that ends the program is named.
/// </summary>
internal static class StrangersCode
{
    private const int BadInput = 2;

    /// <param name="name">Of the plugin, for messages.</param>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public static T? Run<T>(string name, Func<T?> read, TimeSpan patience)
        where T : class
    {
        T? result = null;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = read();
            }
            catch (Exception error)
            {
                failure = error;
            }
        })
        {
            IsBackground = true,
            Name = "plugin",
        };
        AppDomain.CurrentDomain.ProcessExit += Ended;
        try
        {
            thread.Start();
            if (!thread.Join(patience))
                throw new TimeoutException(
                    FormattableString.Invariant($"its code runs for {patience.TotalSeconds} seconds while it is loaded"));
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= Ended;
        }
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return result;

        void Ended(object? sender, EventArgs arguments)
        {
            Console.Error.WriteLine($"error: the plugin '{name}' ended the program while it was loaded");
            Console.Error.WriteLine("  help: take it out of 'plugins', or leave all of them out with --no-plugins");
            Environment.ExitCode = BadInput;
        }
    }
}

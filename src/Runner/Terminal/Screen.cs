#pragma warning disable RS0030 // The one place that knows the console and what the environment says of it.
namespace Pipelines.Runner.Terminal;

/// <summary>The two streams of the process and what can be shown on them: the only way to the console.</summary>
/// <param name="IsInteractive">Somebody is watching a terminal: lines may be redrawn.</param>
/// <param name="HasColor">Off under <c>NO_COLOR</c>, in files and in pipes.</param>
public sealed record Screen(TextReader In, TextWriter Out, TextWriter Error, bool IsInteractive, bool HasColor, int Width)
{
    private const int WidthOfPlainText = 120;

    public static Screen OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        var isPlain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        return new(Console.In, Console.Out, Console.Error, isTerminal && !isPlain, isTerminal && !isPlain,
            isTerminal ? Console.WindowWidth : WidthOfPlainText);
    }
}

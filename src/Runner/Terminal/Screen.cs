#pragma warning disable RS0030 // The one place that knows the console and what the environment says of it.
namespace Pipelines.Runner.Terminal;

/// <summary>The two streams of the process and what can be shown on them: the only way to the console.</summary>
/// <param name="IsInteractive">Somebody is watching a terminal: lines may be redrawn.</param>
/// <param name="HasColor">Off under <c>NO_COLOR</c>, in files and in pipes.</param>
public sealed record Screen(TextReader In, TextWriter Out, TextWriter Error, bool IsInteractive, bool HasColor, int Width)
{
    private const int WidthOfPlainText = 120;

    /// <summary>For who draws on the terminal, and makes what it shows of others harmless itself.</summary>
    public TextWriter Raw { get; init; } = Out;

    public static Screen OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        var isWatched = isTerminal && Environment.GetEnvironmentVariable("CI") is not { Length: > 0 };
        // It asks for no colours, and says nothing against progress.
        var hasColor = isWatched && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };
        return new(
            Console.In, isTerminal ? new SafeWriter(Console.Out) : Console.Out,
            Console.IsErrorRedirected ? Console.Error : new SafeWriter(Console.Error),
            isWatched, hasColor, isTerminal ? Console.WindowWidth : WidthOfPlainText)
        {
            Raw = Console.Out,
        };
    }
}

using System.Globalization;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Shell;

/// <summary>The end of a command that did not go well, in words.</summary>
internal static class CommandFailure
{
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int SignalBase = 128;
    private const int Kill = 9;
    private const int MaxLineLength = 200;

    public static StageException Of(int code, LastLines errors)
    {
        var lines = errors.All;
        var last = lines.Count == 0 ? "" : $": {Cut(lines[^1].Trim())}";
        return new(string.Create(CultureInfo.InvariantCulture, $"the command {How(code)}{last}"))
        {
            Parameter = "run",
            Help = Help(code),
            Details = lines.Count > 1 ? lines : [],
            MayPass = code is not (NotExecutable or NotFound),
        };
    }

    private static string How(int code) => code switch
    {
        NotFound => "was not found (exit code 127)",
        NotExecutable => "cannot be executed (exit code 126)",
        > SignalBase and < SignalBase + 65 => string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - SignalBase}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}"),
    };

    private static string? Help(int code) => code switch
    {
        NotFound => "is the program installed and in PATH? paths are relative to the project root",
        NotExecutable => "name the program that runs it, e.g. python3, or make it executable (chmod +x)",
        SignalBase + Kill => "memory may have run out",
        _ => null,
    };

    private static string Cut(string line) => line.Length <= MaxLineLength ? line : line[..(MaxLineLength - 1)] + "…";
}

/// <summary>The last lines of an output that say something.</summary>
internal sealed class LastLines
{
    private const int MaxLines = 12;

    private readonly Queue<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
                _lines.Dequeue();
        }
    }
}

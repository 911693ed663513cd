using System.Diagnostics;

namespace Pipelines.Tests.EndToEnd;

/// <summary>The built program, as a user starts it.</summary>
internal static class Runner
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // As ./runner does, without looking whether anything has to be built.
    private const string Script = """source "$0/environment" && export "${program[@]}" && exec "$0/.build/runner/Pipelines.Runner" "$@" """;

    public static string Home { get; } = FindHome();

    /// <summary>Runs a command in a folder and waits for its end.</summary>
    public static Result Run(string folder, params string[] arguments) => Wait(Start(folder, "", arguments), "");

    public static Result RunWithInput(string folder, string input, params string[] arguments) =>
        Wait(Start(folder, input, arguments), input);

    public static Process Start(string folder, string input, params string[] arguments) =>
        Start(folder, input, new Dictionary<string, string>(), arguments);

    /// <summary>With these variables of the environment.</summary>
    public static Process Start(string folder, string input, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", Script, Home, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Sends <c>TERM</c> or <c>KILL</c>; by the shell, since a bare machine has no program for it.</summary>
    public static void Signal(Process process, string signal) =>
        Process.Start("/bin/sh", ["-c", FormattableString.Invariant($"kill -{signal} {process.Id}")]).WaitForExit();

    public static Result Wait(Process process, string input = "")
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The runner did not end. Input: '{input}'. Output so far: {output.Result}");
        }
        using (process)
            return new(process.ExitCode, output.Result, error.Result);
    }

    private static string FindHome()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Pipelines.sln")))
                return folder;
        throw new DirectoryNotFoundException("The tests must run below the folder of Pipelines.sln.");
    }
}

internal sealed record Result(int Code, string Output, string Error)
{
    public string Everything => Output + Error;

    public string LastLine => Output.TrimEnd().Split('\n')[^1];

    /// <summary>Ids of stages of which a line says that they ran.</summary>
    public IReadOnlyList<string> Ran =>
        [.. Output.Split('\n').Where(line => line.Contains("  done in ", StringComparison.Ordinal)).Select(line => line.Split(' ')[0])
            .Order(StringComparer.Ordinal)];
}

using System.ComponentModel;
using System.Diagnostics;

namespace Pipelines.Tests.EndToEnd;

/// <summary>A test that needs a Python with these modules; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(params string[] modules)
    {
        if (Find(modules) is null)
            Skip = $"No Python here has {string.Join(" and ", modules)}.";
    }

    /// <summary>The one that has pandas; a project's own Python may lack what the system's has.</summary>
    public static string Python { get; } = Find(["pandas"]) ?? "python3";

    private static string? Find(IReadOnlyList<string> modules) =>
        new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python => Has(python, modules));

    private static bool Has(string python, IReadOnlyList<string> modules)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(python, ["-c", $"import {string.Join(", ", modules)}"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

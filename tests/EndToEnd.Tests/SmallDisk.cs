using System.Diagnostics;

namespace Pipelines.Tests.EndToEnd;

/// <summary>A file system of a few MiB in memory, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string size)
    {
        Root = Directory.CreateTempSubdirectory("small disk ").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Root) is var code and not 0)
            throw new InvalidOperationException($"mount ended with {code}.");
    }

    public string Root { get; }

    /// <summary>Null where file systems can be mounted.</summary>
    public static string? WhyImpossible { get; } = FindWhyImpossible();

    public void Remount(string options) => Assert.Equal(0, Run("mount", "-o", $"remount,{options}", Root));

    public void Dispose()
    {
        Run("umount", "-l", Root);
        Directory.Delete(Root);
    }

    private static string? FindWhyImpossible()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "only root can mount a small disk";
        try
        {
            new SmallDisk("1m").Dispose();
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"no small disk can be mounted here: {error.Message}";
        }
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}

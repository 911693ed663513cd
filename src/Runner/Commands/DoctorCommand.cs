using System.CommandLine;
using System.Runtime.InteropServices;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Torch;

namespace Pipelines.Runner.Commands;

/// <summary><c>doctor</c>: is everything there that stages need, and what to do about what is not.</summary>
internal static class DoctorCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("doctor", "Checks libraries, dictionaries, the store and the machine, and says what to do.");
        command.SetAction(_ =>
        {
            var checks = Checks(Installation.Find()).ToArray();
            var width = checks.Max(check => check.What.Length);
            foreach (var check in checks)
            {
                screen.Out.WriteLine($"{(check.IsGood ? "✓" : "✗")} {check.What.PadRight(width)}  {check.Finding}");
                if (!check.IsGood)
                    screen.Out.WriteLine($"  {new string(' ', width)}  help: {check.Help}");
            }
            return checks.All(check => check.IsGood) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static IEnumerable<Check> Checks(Installation installation)
    {
        yield return new(".NET", true, RuntimeInformation.FrameworkDescription, "");
        yield return Web();
        yield return new("processor", true, $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}", "");
        yield return Torch(installation);
        yield return Library("hunspell", "libhunspell-1.7.so.0", "apt-get install libhunspell-1.7-0");
        yield return Library("snowball", "libstemmer.so.0d", "apt-get install libstemmer0d");
        yield return Present("French dictionary", "/usr/share/hunspell/fr.aff", "apt-get install hunspell-fr-classical");
        yield return Present("English dictionary", "/usr/share/hunspell/en_US.aff", "apt-get install hunspell-en-us");
        yield return Store();
    }

    // The SDK brings it, a bare runtime does not. The program does not start without it; that it is named tells which one is used.
    private static Check Web()
    {
        const string Name = "Microsoft.AspNetCore.App";
        var folder = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator)
            .Select(Path.GetDirectoryName).FirstOrDefault(folder => Path.GetFileName(Path.GetDirectoryName(folder)) == Name);
        return new("ASP.NET Core", folder is not null, folder is null ? $"{Name} is missing" : $"{Name} {Path.GetFileName(folder)}",
            "install the .NET 10 SDK, which brings it, or the package aspnetcore-runtime-10.0");
    }

    // Loading it is the only proof that it loads.
    private static Check Torch(Installation installation)
    {
        const string Help = "delete .build and run ./setup, which fetches libtorch";
        try
        {
            var threads = LibTorch.Threads();
            return new("torch", true, $"{installation.Engine ?? "TorchSharp"}, {threads} threads", Help);
        }
        catch (Exception error) when (
            error is DllNotFoundException or TypeInitializationException or BadImageFormatException or FileNotFoundException)
        {
            return new("torch", false, Format.OneLine((error.InnerException ?? error).Message), Help);
        }
    }

    private static Check Library(string what, string name, string help)
    {
        var isThere = NativeLibrary.TryLoad(name, out var handle);
        if (isThere)
            NativeLibrary.Free(handle);
        return new(what, isThere, isThere ? name : $"{name} is missing", help);
    }

    private static Check Present(string what, string file, string help) =>
        new(what, File.Exists(file), File.Exists(file) ? file : $"{file} is missing", help);

    private static Check Store()
    {
        var root = ProjectRoot.OfFolder(WorkingFolder.Path);
        try
        {
            var probe = Path.Combine(root, $".pipelines-probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new("project folder", true, root, "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new("project folder", false, error.Message, "make the folder writable, or work in another");
        }
    }

    private sealed record Check(string What, bool IsGood, string Finding, string Help);
}

using System.Globalization;

namespace Pipelines.Runner.Commands;

/// <summary>What nobody foresaw: a fault of this program, kept with its trace in a file for whoever mends it.</summary>
internal static class Fault
{
    public static string Help(Exception error, IReadOnlyList<string> arguments)
    {
#pragma warning disable RS0030 // It may be the store or the project that is at fault.
        var path = Path.Combine(Directory.CreateTempSubdirectory("pipelines-fault-").FullName, "trace.txt");
#pragma warning restore RS0030
        File.WriteAllText(path, string.Create(
            CultureInfo.InvariantCulture, $"./runner {string.Join(' ', arguments)}\n{Environment.Version}\n\n{error}\n"));
        return $"this is a fault of the runner: please open an issue where you got it from, with {path}";
    }
}

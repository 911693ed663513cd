using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Names of files made of names of things, which may be long and hold signs that file systems refuse.</summary>
internal static class FileName
{
    private const int MaxLength = 100;
    private const int KeptLength = 80;

    /// <summary>Where signs are replaced or left out, a short hash of the name keeps two of them from sharing a file.</summary>
    public static string Of(string name)
    {
        var safe = string.Concat(
            name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_'));
        return safe == name && name.Length < MaxLength ? name : $"{safe[..Math.Min(safe.Length, KeptLength)]}-{Hash(name)}";
    }

    /// <summary>A name whose signs are fine, cut where it is too long.</summary>
    public static string Cut(string name) => name.Length <= MaxLength ? name : $"{name[..KeptLength]}-{Hash(name)}";

    private static string Hash(string name) => ContentHash.Of(Encoding.UTF8.GetBytes(name)).Short;
}

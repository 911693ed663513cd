using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipelines.Stages.Contracts;

/// <summary>
/// How a stage names what it was given: <c>{models.0}</c>. No stage knows what feeds it, because names of stages are no part of a
/// fingerprint; whoever shows its card, log or table puts the name of the stage in the place of the reference.
/// </summary>
public static partial class SourceName
{
    /// <param name="port">As spelt in a pipeline file.</param>
    /// <param name="index">Place among the artifacts of the port, counting from 0.</param>
    public static string Of(string port, int index) => string.Create(CultureInfo.InvariantCulture, $"{{{port}.{index}}}");

    /// <summary>All repetitions of an experiment, named by one of them: what they differ in (seed, fold) is left out of the name.</summary>
    public static string OfAll(string port, int index) => string.Create(CultureInfo.InvariantCulture, $"{{{port}.{index}*}}");

    /// <summary>The text with names in the place of references; one without a name stays.</summary>
    /// <param name="name">
    /// The name of the artifact at a port and place, or null; where the last is true, that of the experiment it is a repetition of.
    /// </param>
    public static string Replace(string text, Func<string, int, bool, string?> name) => !text.Contains('{', StringComparison.Ordinal) ? text
        : Reference().Replace(text, match => int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var index)
            ? name(match.Groups[1].Value, index, match.Groups[3].Success) ?? match.Value
            : match.Value);

    /// <summary>Whether the text is a reference and nothing else, as in the cells of a table.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith('{') && Reference().Match(text) is { Success: true } match && match.Length == text.Length;

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\.([0-9]+)(\*)?\}")]
    private static partial Regex Reference();
}

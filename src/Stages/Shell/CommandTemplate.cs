using System.Text.RegularExpressions;

namespace Pipelines.Stages.Shell;

/// <summary>The places for files in a command: <c>{in.rows}</c>, <c>{out.rows.csv}</c>.</summary>
public static partial class CommandTemplate
{
    public static IReadOnlyList<CommandPlace> PlacesIn(string command) =>
        [.. Place().Matches(command).Select(match => new CommandPlace(
            match.Groups["way"].Value == "in", match.Groups["port"].Value, match.Groups["ending"].Value, match.Index, match.Length))];

    /// <summary>The command with a text in each place.</summary>
    internal static string Fill(string command, Func<CommandPlace, string> textOf)
    {
        var places = PlacesIn(command);
        var start = 0;
        return string.Concat(places.Select(place =>
        {
            var part = command[start..place.Start] + textOf(place);
            start = place.Start + place.Length;
            return part;
        }).ToList()) + command[start..];
    }

    [GeneratedRegex(@"\{(?<way>in|out)\.(?<port>[^{}\s.]*)(?<ending>[^{}\s]*)\}")]
    private static partial Regex Place();
}

/// <param name="Ending">What follows the port: nothing, or <c>.csv</c>.</param>
/// <param name="Start">In the command.</param>
public sealed record CommandPlace(bool IsInput, string Port, string Ending, int Start, int Length)
{
    public bool IsCsv => Ending == ".csv";
}

using System.Text;
using System.Text.RegularExpressions;

namespace Pipelines.Runner.Planning;

/// <summary>The words of a command that could name a file of the project; whether there is one is not known here.</summary>
internal static partial class CommandWords
{
    private const string Separators = " \t\r\n;|&()<>=";
    private const string NeverInNames = "*?[]{}$`\0";
    private const int MaxLength = 500;

    private static readonly string[] WorkingFolder = ["$PWD/", "${PWD}/"];

    /// <summary>
    /// In order of appearance, each once, and the parts of words: <c>"--config=conf/c.txt"</c>, <c>sh -c 'python s/a.py'</c>.
    /// </summary>
    /// <param name="root">Of the project, where the command is run: paths from the root of the disk into it are its files too.</param>
    public static IReadOnlyList<string> In(string command, string root)
    {
        List<string> words = [];
        StringBuilder word = new();
        var quote = '\0';
        var isTarget = false;
        foreach (var sign in command)
        {
            if (quote == '\0' && Separators.Contains(sign, StringComparison.Ordinal))
            {
                if (word.Length > 0)
                    Take();
                // The target of a redirection is no input of the command.
                isTarget = sign == '>' || (isTarget && char.IsWhiteSpace(sign));
            }
            else if (quote == '\0' ? sign is '\'' or '"' : sign == quote)
                quote = quote == '\0' ? sign : '\0';
            else
                word.Append(sign);
        }
        if (word.Length > 0)
            Take();
        return words;

        void Take()
        {
            var text = word.ToString();
            word.Clear();
            foreach (var part in isTarget ? [] : text.Split(Separators.ToCharArray()).Prepend(text))
                if (InProject(part, root) is { } path && !words.Contains(path))
                    words.Add(path);
            isTarget = false;
        }
    }

    /// <summary>Where a command goes to another folder: files that it names from there are not those of its words.</summary>
    public static (int Start, int Length)? FindChangeOfFolder(string command) =>
        ChangeOfFolder().Match(command) is { Success: true } found ? (found.Groups["word"].Index, found.Groups["word"].Length) : null;

    [GeneratedRegex(@"(?:^|[\n;&|({])\s*(?<word>cd|pushd)(?:\s|$)")]
    private static partial Regex ChangeOfFolder();

    /// <summary>
    /// A word as a path from the root of the project, or null where it is none. One that is so already stays as it is written.
    /// </summary>
    private static string? InProject(string word, string root)
    {
        foreach (var here in WorkingFolder)
            if (word.StartsWith(here, StringComparison.Ordinal))
                word = word[here.Length..];
        if (word.Length is 0 or > MaxLength || word[0] is '-' or '~' || !word.Any(char.IsLetterOrDigit)
            || word.Any(sign => NeverInNames.Contains(sign, StringComparison.Ordinal)))
            return null;
        // Without a root, as when a plan of another revision is read, only the form of the path counts.
        root = root.Length == 0 ? "/" : root;
        if (word[0] == '/' || word.Split('/').Contains(".."))
            word = Path.GetRelativePath(root, Path.GetFullPath(word, root));
        return word.Split('/')[0] is ".." or "." or "" or ".pipelines" && !word.StartsWith("./", StringComparison.Ordinal) ? null : word;
    }
}

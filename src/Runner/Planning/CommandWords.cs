using System.Text;

namespace Pipelines.Runner.Planning;

/// <summary>The words of a command that could name a file of the project; whether there is one is not known here.</summary>
internal static class CommandWords
{
    private const string Separators = " \t\r\n;|&()<>=";
    private const string NeverInNames = "*?[]{}$`\0";

    /// <summary>In order of appearance, each once.</summary>
    public static IReadOnlyList<string> In(string command)
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
            if (!isTarget && CanBePath(text) && !words.Contains(text))
                words.Add(text);
            isTarget = false;
        }
    }

    private static bool CanBePath(string word) =>
        word[0] is not ('/' or '-' or '~') && word.Length <= 500 && word.Any(char.IsLetterOrDigit)
        && !word.Any(sign => NeverInNames.Contains(sign, StringComparison.Ordinal))
        && word.Split('/') is var parts && !parts.Contains("..") && parts[0] != ".pipelines";
}

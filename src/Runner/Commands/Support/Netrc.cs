namespace Pipelines.Runner.Commands;

/// <summary>Names and passwords by machine, from the file that ftp, curl and git read.</summary>
internal static class Netrc
{
    private const string FileVariable = "NETRC";

    /// <summary><c>login:password</c> for a machine, else those of <c>default</c>; null: there are none.</summary>
    public static string? Find(string machine, Func<string, string?> variable)
    {
        var path = variable(FileVariable) is { Length: > 0 } named ? named
            : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".netrc") : null;
        return path is not null && File.Exists(path) ? Find(machine, File.ReadAllText(path)) : null;
    }

    internal static string? Find(string machine, string content)
    {
        string? login = null, password = null;
        var isMeant = false;
        using var words = Words(content).GetEnumerator();
        while (words.MoveNext())
            switch (words.Current)
            {
                case "machine" or "default" when isMeant && login is not null:
                    return $"{login}:{password}";
                case "machine":
                    isMeant = words.MoveNext() && words.Current.Equals(machine, StringComparison.OrdinalIgnoreCase);
                    break;
                case "default":
                    isMeant = true;
                    break;
                case "login" when words.MoveNext() && isMeant:
                    login = words.Current;
                    break;
                case "password" when words.MoveNext() && isMeant:
                    password = words.Current;
                    break;
                default:
                    break;
            }
        return login is null ? null : $"{login}:{password}";
    }

    // The lines of a macro, up to an empty one, are no words.
    private static IEnumerable<string> Words(string content)
    {
        var isMacro = false;
        foreach (var line in content.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            isMacro = words.Length > 0 && (isMacro || words.Contains("macdef"));
            if (!isMacro)
                foreach (var word in words.TakeWhile(word => !word.StartsWith('#')))
                    yield return word;
        }
    }
}

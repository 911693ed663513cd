using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Planning;

/// <summary>The convention that leads from a kind to its class and its manifest, so that nothing has to be searched.</summary>
public static class KindName
{
    /// <summary>One or two words of small letters, digits and dashes: <c>verb</c>, <c>verb/what-else</c>.</summary>
    public static bool IsKind(string text)
    {
        var slash = text.IndexOf('/');
        return slash < 0 ? IsWord(text) : IsWord(text.AsSpan(0, slash)) && IsWord(text.AsSpan(slash + 1));
    }

    /// <summary><c>verb/what-else</c> is <c>VerbWhatElse</c>.</summary>
    public static string ClassOf(string kind) =>
        string.Concat(kind.Split('/', '-').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The class with its namespace: <c>verb/what-else</c> is <c>Pipelines.Stages.Kinds.Verb.VerbWhatElse</c>.</summary>
    public static string TypeOf(string kind) => $"Pipelines.Stages.Kinds.{ClassOf(kind.Split('/')[0])}.{ClassOf(kind)}";

    public static string ManifestOf(string kind) => $"stages/{kind}.yaml";

    /// <summary>The kind whose manifest this path is, or null.</summary>
    public static string? OfManifest(string path)
    {
        var name = path.Replace('\\', '/');
        if (!name.StartsWith("stages/", StringComparison.Ordinal) || !name.EndsWith(".yaml", StringComparison.Ordinal))
            return null;
        var kind = name["stages/".Length..^".yaml".Length];
        // Commands have a manifest but are no kind: their ports are those of the pipeline file.
        return IsKind(kind) && kind != RunCommand.Kind ? kind : null;
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || !char.IsAsciiLetterLower(text[0]))
            return false;
        foreach (var character in text)
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
                return false;
        return true;
    }
}

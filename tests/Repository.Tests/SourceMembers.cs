using System.Text.RegularExpressions;

namespace Pipelines.Tests.Repository;

/// <param name="Line">Where it starts, counted from 1.</param>
/// <param name="Lines">From its first word to its last brace or semicolon.</param>
internal sealed record SourceMember(string Header, int Line, int Lines);

/// <summary>Finds the methods, constructors and properties of a file by counting braces.</summary>
internal static partial class SourceMembers
{
    /// <param name="masked">From <see cref="SourceCode.Masked"/>.</param>
    public static IReadOnlyList<SourceMember> MethodsOf(string masked)
    {
        List<SourceMember> found = [];
        var start = 0;
        for (var i = 0; i < masked.Length; i++)
        {
            if (masked[i] is '{' && !IsContainer(masked[start..i]))
                i = EndOfBlock(masked, i);
            else if (masked[i] is not ('{' or '}' or ';'))
                continue;
            if (masked[start..i].Trim() is { Length: > 0 } text && IsMethod(text))
            {
                var first = i - masked[start..i].TrimStart().Length;
                found.Add(new(text.Split('\n')[0], LineOf(masked, first), LineOf(masked, i) - LineOf(masked, first) + 1));
            }
            start = i + 1;
        }
        return found;
    }

    /// <summary>A type or namespace: what is inside are members again.</summary>
    private static bool IsContainer(string header) => Containers().IsMatch(Constraints().Replace(header, ""));

    /// <summary>It has parameters before any value: neither a field nor a type.</summary>
    private static bool IsMethod(string text)
    {
        var value = Assignment().Match(text);
        var parameters = text.IndexOf('(', StringComparison.Ordinal);
        return parameters >= 0 && (!value.Success || parameters < value.Index) && !IsContainer(text[..parameters]);
    }

    private static int EndOfBlock(string masked, int open)
    {
        var depth = 0;
        for (var i = open; i < masked.Length; i++)
        {
            depth += masked[i] == '{' ? 1 : masked[i] == '}' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        throw new FormatException("A brace is not closed.");
    }

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|namespace)\s+\w")]
    private static partial Regex Containers();

    [GeneratedRegex(@"\bwhere\s+\w+\s*:[^{]*")]
    private static partial Regex Constraints();

    [GeneratedRegex(@"=(?!>)")]
    private static partial Regex Assignment();
}

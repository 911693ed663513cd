using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Labels;

/// <summary>A group of codes by their first characters, such as a chapter or a block of the ICD-10.</summary>
/// <param name="First">The first characters of the first codes.</param>
/// <param name="Last">The first characters of the last codes, as many.</param>
/// <param name="Place">Where its file says so.</param>
internal sealed record CodeRange(string First, string Last, string Meaning, string Place)
{
    public string Written => $"{First}-{Last}";

    /// <param name="wrong">What to throw, from the place and what is wrong there.</param>
    /// <exception cref="StageException">It is no range.</exception>
    public static CodeRange Of(string written, string meaning, string place, Func<string, string, StageException> wrong)
    {
        if (written.Split('-', '–') is not [{ Length: > 0 } first, { Length: > 0 } last] || first.Length != last.Length)
            throw wrong(place, $"'{written}' is no range of codes such as A00-A09");
        return string.CompareOrdinal(first, last) <= 0
            ? new(first, last, meaning, place)
            : throw wrong(place, $"'{written}' ends before it begins");
    }

    public bool Has(string code) =>
        code.Length >= First.Length && Compare(First, code) <= 0 && Compare(code, Last) <= 0;

    /// <summary>Whether all codes of another one are among its own.</summary>
    public bool Holds(CodeRange other) => Has(other.First) && Has(other.Last);

    public bool EndsBefore(CodeRange other) => Compare(Last, other.First) < 0;

    // A shorter one stands for all codes that begin with it.
    private static int Compare(string one, string other)
    {
        var length = Math.Min(one.Length, other.Length);
        return string.CompareOrdinal(one, 0, other, 0, length);
    }
}

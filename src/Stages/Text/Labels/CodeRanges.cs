namespace Pipelines.Stages.Text.Labels;

/// <summary>
/// Groups of codes by their first characters, such as the chapters and blocks of the ICD-10; a smaller one lies in a wider one.
/// </summary>
internal sealed class CodeRanges
{
    private readonly List<CodeRange> _ranges = [];

    /// <summary>In order of their first codes, wider ones before those that lie in them.</summary>
    public IReadOnlyList<CodeRange> All => _ranges;

    /// <returns>What is wrong with it, or null.</returns>
    public string? Add(string written, string meaning)
    {
        if (written.Split('-', '–') is not [{ Length: > 0 } first, { Length: > 0 } last] || first.Length != last.Length)
            return $"'{written}' is no range of codes such as A00-A09";
        if (string.CompareOrdinal(first, last) > 0)
            return $"'{written}' ends before it begins";
        CodeRange range = new(first, last, meaning);
        if (_ranges.Find(range.Crosses) is { } other)
            return $"'{written}' and '{other.Written}' overlap, and neither lies in the other";
        var at = _ranges.FindIndex(other => range.IsBefore(other));
        _ranges.Insert(at < 0 ? _ranges.Count : at, range);
        return null;
    }

    /// <summary>Those that a code lies in, the widest first.</summary>
    public IEnumerable<CodeRange> Of(string code) => _ranges.Where(range => range.Has(code));
}

/// <param name="First">The first characters of the first codes.</param>
/// <param name="Last">The first characters of the last codes, as many.</param>
internal sealed record CodeRange(string First, string Last, string Meaning)
{
    public string Written => $"{First}-{Last}";

    public bool Has(string code) => code.Length >= First.Length && string.CompareOrdinal(code, 0, First, 0, First.Length) >= 0
        && string.CompareOrdinal(code, 0, Last, 0, Last.Length) <= 0;

    public bool IsBefore(CodeRange other) => string.CompareOrdinal(First, other.First) is var order && order != 0
        ? order < 0
        : string.CompareOrdinal(Last, other.Last) > 0;

    public bool Crosses(CodeRange other) => (First, Last) == (other.First, other.Last)
        || (Touches(other) && !Holds(other) && !other.Holds(this));

    private bool Touches(CodeRange other) =>
        string.CompareOrdinal(First, other.Last) <= 0 && string.CompareOrdinal(other.First, Last) <= 0;

    private bool Holds(CodeRange other) =>
        string.CompareOrdinal(First, other.First) <= 0 && string.CompareOrdinal(other.Last, Last) <= 0;
}

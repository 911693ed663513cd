using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Labels;

/// <summary>Groups of codes, of which a smaller one lies in a wider one or beside it.</summary>
internal sealed class CodeRanges
{
    private readonly List<CodeRange> _ranges;

    // By range, the number of the smallest one around it; -1: there is none.
    private readonly List<int> _around = [];

    private CodeRanges(List<CodeRange> ranges) => _ranges = ranges;

    /// <summary>In order of their first codes, wider ones before those that lie in them.</summary>
    public IReadOnlyList<CodeRange> All => _ranges;

    /// <param name="wrong">What to throw, from the place and what is wrong there.</param>
    /// <exception cref="StageException">Two of them overlap.</exception>
    public static CodeRanges Of(IEnumerable<CodeRange> ranges, Func<string, string, StageException> wrong)
    {
        CodeRanges sorted = new([.. ranges.OrderBy(range => range.First, StringComparer.Ordinal)
            .ThenByDescending(range => range.Last, StringComparer.Ordinal)]);
        var around = -1;
        foreach (var (number, range) in sorted._ranges.Index())
        {
            while (around >= 0 && sorted._ranges[around].EndsBefore(range))
                around = sorted._around[around];
            if (around >= 0 && sorted._ranges[around] is var other
                && (!other.Holds(range) || (other.First, other.Last) == (range.First, range.Last)))
                throw wrong(range.Place, $"'{range.Written}' and '{other.Written}' overlap, and neither lies in the other");
            sorted._around.Add(around);
            around = number;
        }
        return sorted;
    }

    /// <summary>Those that a code lies in, the widest first.</summary>
    public IReadOnlyList<CodeRange> Of(string code)
    {
        var number = LastBeginningAt(code);
        while (number >= 0 && !_ranges[number].Has(code))
            number = _around[number];
        List<CodeRange> found = [];
        for (; number >= 0; number = _around[number])
            found.Add(_ranges[number]);
        found.Reverse();
        return found;
    }

    // Whatever holds the code begins there or before, and then holds that range too.
    private int LastBeginningAt(string code)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_ranges[middle].First, code) <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }
}

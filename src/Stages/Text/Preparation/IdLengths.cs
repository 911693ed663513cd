using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;
using Pipelines.Stages.Text.Splitting;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>How many ids the fitted texts have, and which text has most.</summary>
internal sealed class IdLengths
{
    private const double Most = 0.95;

    private readonly SortedDictionary<int, long> _counts = [];
    private long _texts;
    private RowPlace _longestAt;

    /// <summary>At least 1, so that a model has something to read.</summary>
    public int Longest { get; private set; } = 1;

    /// <exception cref="StageException">No row is fitted.</exception>
    public static async Task<IdLengths> OfAsync(Table rows, FitSplit fit, CancellationToken cancellation)
    {
        var lengths = new IdLengths();
        RowPlaces places = new();
        await foreach (var batch in rows.ReadAsync([Columns.Ids, Columns.Split + "?"], cancellation).ConfigureAwait(false))
        {
            var ids = batch.Lists<int>(Columns.Ids);
            var split = batch.SplitOf();
            for (var i = 0; i < batch.Count; i++)
            {
                var place = places.Next(split(i));
                if (fit.IsFitted(split(i)))
                    lengths.Add(ids[i].Length, place);
            }
        }
        fit.CheckFitted(lengths._texts, rows.Rows);
        return lengths;
    }

    /// <summary>Which text is longest, and how long nearly all others are at most.</summary>
    public string Sentence => FormattableString.Invariant(
        $"The longest is {_longestAt} with {Longest:N0} ids; {100 * Most:0}% have at most {Usual:N0}.");

    private int Usual
    {
        get
        {
            var seen = 0L;
            return _counts.First(entry => (seen += entry.Value) >= Most * _texts).Key;
        }
    }

    private void Add(int length, RowPlace place)
    {
        _texts++;
        _counts[length] = _counts.GetValueOrDefault(length) + 1;
        if (length <= Longest)
            return;
        Longest = length;
        _longestAt = place;
    }
}

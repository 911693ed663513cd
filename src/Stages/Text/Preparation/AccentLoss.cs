using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>
/// Whether texts lose their accents on the way: the share of accented letters among all letters after a step, compared with before.
/// Counted as shares, so that words that are left out or shortened do not count as lost accents.
/// </summary>
internal sealed class AccentLoss
{
    private const double WorthAWarning = 0.5;

    private long _accentsBefore;
    private long _lettersBefore;
    private long _accentsAfter;
    private long _lettersAfter;

    public void Add(string before, string after)
    {
        _accentsBefore += Accents.Count(before);
        _lettersBefore += before.Length;
        _accentsAfter += Accents.Count(after);
        _lettersAfter += after.Length;
    }

    /// <summary>Nothing for texts that never had accents.</summary>
    public IEnumerable<CardItem> CardItems()
    {
        if (_accentsBefore == 0)
            yield break;
        var before = (double)_accentsBefore / _lettersBefore;
        var after = (double)_accentsAfter / Math.Max(1, _lettersAfter);
        var lost = Math.Max(0, 1 - (after / before));
        yield return new Fact("accents_lost", lost, ValueFormat.Percent);
        if (lost >= WorthAWarning)
            yield return new Warning("accents_lost", new Dictionary<string, object> { ["share"] = lost, ["letters"] = _accentsBefore });
    }
}

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Texts that a model was asked about, each looked at once.</summary>
/// <param name="preprocessor">Of the model; null where it reads no words.</param>
internal sealed class AskedTexts(TextPreprocessor? preprocessor)
{
    /// <summary>How many texts are kept as they were written.</summary>
    public const int Kept = 400;

    private readonly List<string> _first = [];
    private readonly HashSet<UInt128> _ids = [];

    // Most texts that are looked for are not among these, which a short hash tells sooner than an id.
    private readonly HashSet<int> _hashes = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> First => _first;

    /// <returns>One for each of these rows.</returns>
    public AnsweredText[] Add(Values<string> texts, IReadOnlyList<int> rows)
    {
        var added = new AnsweredText[rows.Count];
        Parallel.For(0, rows.Count, i => added[i] = AnsweredText.Of(texts[rows[i]], preprocessor));
        _first.AddRange(rows.Take(Kept - _first.Count).Select(row => texts[row]));
        _ids.UnionWith(added.Select(text => text.Id));
        _hashes.UnionWith(rows.Select(row => texts[row].GetHashCode(StringComparison.Ordinal)));
        return added;
    }

    /// <returns>The id of a text; null: it is not among them.</returns>
    public UInt128? Find(string text) =>
        _hashes.Contains(text.GetHashCode(StringComparison.Ordinal)) && AnsweredText.IdOf(text) is var id && _ids.Contains(id) ? id : null;
}

using System.Xml.Linq;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>The answer of a run: its score in words with interval and baseline, what has to be added, and what became of the
/// hypothesis.</summary>
internal sealed class Headline(ReportContext context)
{
    private const int MaxReservations = 2;
    private const double Near = 0.026;
    private const double Close = 0.01;
    private const double NearlyAll = 0.975;

    private readonly Language _language = context.Language;
    private readonly FindingText _text = new(context.Language, context.FindingData.Split);

    private NumberText Numbers => _language.Numbers;

    /// <summary>Null where nothing was evaluated and nothing asked.</summary>
    public HeadlineView? View()
    {
        var effect = context.Findings.FirstOrDefault(found => found.Finding.IsAsked)
            ?? context.Findings.FirstOrDefault(found => found.Rule.Topic == FindingTopic.Effects)
            ?? context.Findings.FirstOrDefault(found => found.Finding.IsAnswer);
        var answer = context.Verdict.Chosen is { } chosen ? Answer(chosen, effect) : ((string? Lead, string Text)?)null;
        // What was tried with several values is what was asked.
        if (effect is not null)
            answer = (_text.Lead(effect), string.Join(' ', new[] { _text.Brief(effect), answer?.Text }.OfType<string>()));
        answer ??= OfData() is { } described ? (null, described) : null;
        var hypothesis = new HypothesisCheck(context).View();
        return answer is null && hypothesis is null ? null
            : new(answer?.Lead, answer?.Text, BaselineOf(), Reservations(), ScaleOf(), hypothesis);
    }

    private (string? Lead, string Text) Answer(ChosenScores chosen, RuledFinding? effect)
    {
        var score = chosen.Scores.Values[0];
        var isShare = score.Described.Format == ValueFormat.Percent;
        var isRight = isShare && chosen.Of[0].IsShareOf(context.FindingData.Right);
        var lead = isRight && effect is null ? InWords(score.Value) : null;
        // Behind a difference of two models it has to be said whose score it is.
        var phrase = (lead is not null ? "answer_lead" : !isRight ? "answer_measure"
                : effect?.Finding.IsAsked == true ? "answer_right_of" : "answer_right")
            + (score.Deviation is not null ? "_mean" : score.Low is null ? "" : "_interval");
        var rows = $"rows_of_{chosen.Scores.Split}";
        return (lead, _language.Phrase(phrase,
            ("model", context.FindingData.Model),
            ("metric", Language.Capitalized(context.Verdict.WordOf(score))), ("value", context.Verdict.Number(score, score.Value)),
            ("interval", context.Verdict.IntervalOf(score) ?? ""), ("rows", Numbers.Of(chosen.Scores.Rows)),
            ("rows_of", _language.Phrase(_language.Phrases.ContainsKey(rows) ? rows : "rows_of_all")),
            ("deviation", context.Verdict.DeviationOf(score)), ("seeds", Numbers.Of(chosen.Of.Count))));
    }

    /// <summary>« Neuf réponses sur dix sont justes »; null where no simple share is near.</summary>
    private string? InWords(double share)
    {
        if (share is 1)
            return _language.Phrase("share_all");
        if (share >= NearlyAll)
            return _language.Phrase("share_nearly_all");
        (string Name, double Share)[] simple = [("two_thirds", 2 / 3.0), ("three_quarters", 0.75), ("one_third", 1 / 3.0), ("half", 0.5),
            .. Enumerable.Range(1, 9).Where(tenths => tenths != 5).Select(tenths => ($"of_ten_{tenths}", tenths / 10.0))];
        var nearest = simple.MinBy(words => Math.Abs(words.Share - share));
        if (Math.Abs(nearest.Share - share) > Near)
            return null;
        var words = _language.Phrase($"share_{nearest.Name}");
        // « d'une réponse », but « de deux ».
        return Math.Abs(nearest.Share - share) <= Close ? words : _language.Phrase(
            (share < nearest.Share ? "share_under" : "share_over") + (nearest.Name is "half" or "one_third" or "of_ten_1" ? "_one" : ""),
            ("share", char.ToLowerInvariant(words[0]) + words[1..]));
    }

    /// <summary>Of data that were only described, what was found of them; null where that is nothing.</summary>
    private string? OfData()
    {
        var clauses = FindingRules.Told(context.Findings).Where(found => found.Rule is IDescribing).Select(_text.Brief).ToList();
        return clauses.Count == 0 ? null : $"{Language.Capitalized(string.Join(_language.Phrase("clauses"), clauses))}.";
    }

    private string? BaselineOf() => context.Verdict.BaselineSentence();

    private string? Reservations()
    {
        var clauses = context.Findings.Where(found => found.Finding.IsReservation).DistinctBy(found => found.Rule.Topic)
            .Take(MaxReservations).Select(_text.Reservation).ToList();
        return clauses.Count == 0 ? null
            : _language.Phrase("answer_but", ("clauses", string.Join($" {_language.Phrase("authors_and")} ", clauses)));
    }

    private string? ScaleOf()
    {
        var data = context.FindingData;
        if (data.Score is not { Described.Format: ValueFormat.Percent, Value: >= 0 and <= 1 } score)
            return null;
        (double, string)? baseline = data.Baseline is { } known
            ? (known.Value, _language.Phrase("scale_baseline", ("value", Numbers.Of(known.Value, context.Verdict.StyleOf(score)))))
            : null;
        return ScoreScale.Draw(
            score.Value, context.Verdict.Number(score, score.Value), score.Low, score.High,
            context.Verdict.IntervalOf(score) is { } interval ? $"{_language.Phrase("interval")} {interval}" : null, baseline)
            .ToString(SaveOptions.DisableFormatting);
    }
}

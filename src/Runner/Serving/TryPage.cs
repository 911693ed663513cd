using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Serving;

/// <summary>A model on a sentence of one's own, alone or beside another one: every class with its probability.</summary>
internal sealed class TryPage(Site site, LoadedModels models)
{
    private const int MaxLength = 20_000;

    // A model that spells has no classes: the likeliest of what it may write.
    private const int SpelledCandidates = 5;
    private const int ShownAtOnce = 12;

    // What a form without a choice asks for: the method that fits the model best.
    private const string BestMethod = "best";
    private const string NoMethod = "none";

    /// <exception cref="RefusedException">A model or a method is named that is not there.</exception>
    public async Task<TryPageView> OfAsync(HttpContext context)
    {
        var language = Pages.LanguageOf(context);
        var query = context.Request.Query;
        // A form sends a line break as two signs, and counts it as one.
        var text = query["text"].ToString().ReplaceLineEndings("\n");
        var isAsked = query.ContainsKey("text");
        var method = MethodNamed(query["method"]);
        var choices = ModelChoice.Latest(site);
        var first = Named(query["model"]) ?? (choices is [var latest, ..] ? latest : null);
        var second = Named(query["beside"]);
        List<TrialView> trials = [];
        if (isAsked && text.Length <= MaxLength)
            foreach (var choice in new[] { first, second }.OfType<ModelChoice>())
                trials.Add(await TryOrSayWhyNotAsync(choice, text, method, language, context.RequestAborted).ConfigureAwait(false));
        return new(language.Phrase("page_try"), text, isAsked,
            [.. GroupsOf(choices, first)], [.. GroupsOf(choices, second)], [.. MethodsOf(method, language)], trials,
            VerdictOf(trials, language),
            text.Length > MaxLength ? language.Phrase("page_too_long", ("count", language.Numbers.Of(MaxLength))) : null);
    }

    // Of two models one may be damaged: the other one answers all the same.
    private async Task<TrialView> TryOrSayWhyNotAsync(
        ModelChoice choice, string text, string method, Language language, CancellationToken cancellation)
    {
        try
        {
            return await TryAsync(choice, text, method, language, cancellation).ConfigureAwait(false);
        }
        catch (DamagedArtifactException damaged)
        {
            return new(choice.Stage.Id, new RunHeadline(site, language).TitleOf(choice.Stage.Kind), site.Paths.In(choice.Run.Experiment),
                choice.Run.Id, "", "", "", [], [], null, [], null)
            {
                Refused = $"{language.Phrase("page_gone")} {language.Phrase("page_run_again")}",
                RefusedBecause = site.Paths.In(damaged.Message),
            };
        }
    }

    private async Task<TrialView> TryAsync(
        ModelChoice choice, string text, string method, Language language, CancellationToken cancellation)
    {
        var (predicted, isSpelled, explanation) = await models.AskAsync(choice.Model, predictor =>
        {
            var prediction = predictor.Predict([text], predictor.Classes?.Count ?? SpelledCandidates, cancellation)[0];
            var known = PredictedText.Of(predictor, text, prediction);
            // A text of which nothing is read has no words that could be blamed.
            return (known, predictor.Classes is null, known.IsEmpty || known.IsUnknown ? null
                : Explain(predictor, text, method, language, cancellation));
        }, cancellation).ConfigureAwait(false);
        var classes = predicted.Prediction.Top.Select(candidate => new ClassView(
            PageText.Short(candidate.Label), language.Numbers.Percent(candidate.Confidence), (int)Math.Round(100 * candidate.Confidence)))
            .ToList();
        return new(choice.Stage.Id, new RunHeadline(site, language).TitleOf(choice.Stage.Kind), site.Paths.In(choice.Run.Experiment),
            choice.Run.Id,
            PageText.Short(predicted.Prediction.Label), language.Numbers.Percent(predicted.Prediction.Confidence),
            language.Phrase(isSpelled ? "page_candidates" : "page_every_class"), [.. classes.Take(ShownAtOnce)],
            [.. classes.Skip(ShownAtOnce)], NoteOf(predicted, language),
            [.. predicted.Unknown.Distinct().Select(PageText.Short)], explanation);
    }

    private static ExplanationView? Explain(
        Predictor predictor, string text, string method, Language language, CancellationToken cancellation)
    {
        if (method == NoMethod)
            return null;
        var chosen = method == BestMethod ? ExplanationMethod.DefaultOf(predictor) : ExplanationMethod.ByName[method]();
        try
        {
            var explainer = chosen.Of(predictor, new(Threads: Environment.ProcessorCount));
            var explained = explainer.Explain([new("", text, "", predictor.Encode(text), [])], _ => { }, cancellation)[0];
            var row = new BlockBuilder(language, new()).RowOf(explained.ToFigureRow(explained.Main));
            return new(HeadingOf(chosen, language), row.Tokens,
                language.Phrase(chosen.IsSigned ? "page_tokens_lead" : "page_attention_lead"), null);
        }
        catch (StageException refused)
        {
            return new(HeadingOf(chosen, language), [], "", refused.Message);
        }
    }

    private static string HeadingOf(ExplanationMethod method, Language language) => language.Phrase(
        method.IsSigned ? "page_explained_by" : "page_looked_at_by", ("method", TitleOf(method.Name, language)));

    private static string TitleOf(string method, Language language) =>
        Language.Capitalized(language.Phrase($"page_method_{method.Replace('-', '_')}"));

    private static IEnumerable<ModelOption> MethodsOf(string chosen, Language language) =>
        new[] { (BestMethod, language.Phrase("page_best_method")) }
            .Concat(ExplanationMethod.ByName.Keys.Select(name => (name, TitleOf(name, language))))
            .Append((NoMethod, language.Phrase("page_no_method")))
            .Select(method => new ModelOption(method.Item1, method.Item2, method.Item1 == chosen));

    private static string? NoteOf(PredictedText predicted, Language language)
    {
        if (predicted.IsEmpty)
            return language.Phrase("page_empty_text");
        string?[] notes =
        [
            predicted.Removed > 0 ? language.Phrase("page_cut_text", ("count", language.Numbers.Of(predicted.Tokens)),
                ("all", language.Numbers.Of(predicted.Tokens + predicted.Removed))) : null,
            predicted.IsUnknown ? language.Phrase("page_unknown_text") : null,
        ];
        return notes.OfType<string>().ToList() is { Count: > 0 } said ? string.Join(' ', said) : null;
    }

    private static string MethodNamed(string? name) => string.IsNullOrEmpty(name) ? BestMethod
        : name is BestMethod or NoMethod || ExplanationMethod.ByName.ContainsKey(name) ? name
        : throw new RefusedException("page_no_such_method");

    // Another model in place of the one that was asked for would go unnoticed.
    private ModelChoice? Named(string? name) => string.IsNullOrEmpty(name) ? null
        : ModelChoice.Find(site, name) ?? throw new RefusedException("page_no_such_model");

    // Models of other classes cannot agree, and one that is damaged says nothing.
    private static string? VerdictOf(List<TrialView> trials, Language language) => trials is not [var one, var other]
        || one.Refused is not null || other.Refused is not null || !one.Labels.Intersect(other.Labels, StringComparer.Ordinal).Any() ? null
        : one.Label == other.Label
            ? language.Phrase("page_agree", ("label", one.Label))
            : language.Phrase("page_disagree", ("first", one.Label), ("second", other.Label));

    // The chosen one may be of an older run than those that are offered.
    private IEnumerable<ModelGroup> GroupsOf(IReadOnlyList<ModelChoice> choices, ModelChoice? chosen)
    {
        var groups = choices.Concat(chosen is null || choices.Any(choice => choice.Name == chosen.Name) ? [] : [chosen])
            .GroupBy(choice => site.Paths.In(choice.Run.Experiment), StringComparer.Ordinal).ToList();
        return groups.Select(group => new ModelGroup(group.Key, [.. group.Select(choice => new ModelOption(
            choice.Name, string.Join(" · ", NamesOf(choice, group.Key)), choice.Name == chosen?.Name))]));

        // A closed list shows nothing but the text of its choice, so that this one has to say which experiment is meant.
        IEnumerable<string> NamesOf(ModelChoice choice, string experiment)
        {
            yield return choice.Stage.Id;
            if (groups.Count > 1)
                yield return experiment;
            if (!choices.Contains(choice))
                yield return choice.Run.Id;
        }
    }
}

/// <param name="IsAsked">Whether a text was sent, be it empty.</param>
/// <param name="Verdict">What two models say of each other; null of one alone.</param>
/// <param name="Refused">Why nothing was predicted.</param>
internal sealed record TryPageView(
    string Heading, string Text, bool IsAsked, IReadOnlyList<ModelGroup> Models, IReadOnlyList<ModelGroup> Beside,
    IReadOnlyList<ModelOption> Methods, IReadOnlyList<TrialView> Trials, string? Verdict, string? Refused)
    : PageView("try", Heading, Navigation.Try);

internal sealed record ModelGroup(string Experiment, IReadOnlyList<ModelOption> Options);

internal sealed record ModelOption(string Value, string Text, bool IsChosen);

/// <summary>What one model makes of the text.</summary>
/// <param name="ClassesTitle">Whether the classes are all there are, or the likeliest of what a model may spell.</param>
/// <param name="More">The classes that are least likely, folded.</param>
/// <param name="Note">Where the prediction says nothing about the text.</param>
/// <param name="Unknown">Words that the model does not know.</param>
internal sealed record TrialView(
    string Stage, string Title, string Experiment, string Run, string Label, string Confidence, string ClassesTitle,
    IReadOnlyList<ClassView> Classes,
    IReadOnlyList<ClassView> More, string? Note, IReadOnlyList<string> Unknown, ExplanationView? Explanation)
{
    /// <summary>Why the model answered nothing; null: it did.</summary>
    public string? Refused { get; init; }

    /// <summary>What is wrong with it, in English.</summary>
    public string? RefusedBecause { get; init; }

    public IEnumerable<string> Labels => Classes.Concat(More).Select(known => known.Label);
}

/// <param name="Lead">What the colours mean.</param>
/// <param name="Refused">Why the model cannot be explained in this way.</param>
internal sealed record ExplanationView(string Method, IReadOnlyList<TokenView> Tokens, string Lead, string? Refused);

/// <param name="Share">0 to 100.</param>
internal sealed record ClassView(string Label, string Confidence, int Share);

using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Answers;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>All that chapters are made from.</summary>
/// <param name="Answers">The authors' own text, in Markdown.</param>
internal sealed record ReportContext(Plan Plan, RunRecord Run, string? Answers, Language Language)
{
    /// <summary>The name of the template, the pipeline's or another one; with its extension where that is not a page's.</summary>
    public string Template { get; init; } = Plan.Report.Template;

    /// <summary>What was kept of the last report of the pipeline that this one extends.</summary>
    public KeptAnswers? Parent { get; init; }

    /// <summary>Where the data come from; null: nothing is said of it.</summary>
    public DataOrigin? Origin { get; init; }

    /// <summary>Whether a stage is told in full: of the cells of a matrix the one that was chosen, of evaluations that measure the same
    /// the one that the report is about, and of trained models and what is said of them those that were evaluated there. Others are
    /// folded, with their first tables.</summary>
    public bool IsTold(StageResult result) => Told.Contains(result.Id);

    /// <summary>Whether the warnings of a stage stand before everything else.</summary>
    public bool IsHeard(StageResult result) => Shown.Shows(result.Stage) && (!result.Report.IsEvaluation
        || Verdict.Chosen is not { } chosen || Scores.Of(result) is not { } scores
        || scores.Values[0].Measure != chosen.Of[0].Values[0].Measure || chosen.Of.Any(told => told.Stage.Id == result.Id));

    private HashSet<string> Told => field ??= ToldOf([.. Results.Where(IsHeard)]);

    private HashSet<string> ToldOf(List<StageResult> heard)
    {
        ToldModels models = new(Results, heard.Where(result => result.Report.IsEvaluation));
        return [.. heard.Where(result => Verdict.Chosen is null || models.AreOf(result)).Select(result => result.Id)];
    }

    /// <summary>The authors' text by the places that it belongs to.</summary>
    public AnswerTexts AnswerTexts => field ??= new(this);

    public IReadOnlyList<StageResult> Results => field ??= StageResult.Of(Plan, Run);

    /// <summary>Figures, tables and anchors are numbered through the whole report, in the order of its chapters.</summary>
    public Numbering Numbering => field ??= new(ItemsOfSeveralStages());

    private HashSet<string> ItemsOfSeveralStages() => Results.Where(IsTold)
        .SelectMany(result => result.Items.Where(item => item is Figure or Grid).Select(item => (item.Name, result.Stage.Base)))
        .Distinct().CountBy(item => item.Name).Where(name => name.Value > 1).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>The cells that are told: those a stage chose, else those of the evaluation that the report is about.</summary>
    public ShownCells Shown => field ??= Selected.IsChosen || Verdict.Chosen is not { } chosen
        ? Selected : new(Results, chosen.Of[0].Stage.Stage);

    public IReadOnlyList<Sweep> Sweeps => field ??= Sweep.Of(Plan, Run);

    /// <summary>What each axis of the sweeps changes.</summary>
    public IReadOnlyList<AxisEffect> Effects => field ??= [.. Sweeps.SelectMany(EffectsOf)];

    public IReadOnlyList<AxisEffect> EffectsOf(Sweep sweep) => AxisEffect.Of(
        sweep, name => Plan.Stages.First(stage => stage.Base == name).Manifest.Report.IsEvaluation);

    public KindLanguages Languages => field ??= new(Language, Plan.Stages);

    public Verdict Verdict =>
        field ??= new(Selected.IsChosen ? [.. Results.Where(result => Selected.Shows(result.Stage))] : Results, Results, Languages);

    private ShownCells Selected => field ??= new(Results);

    /// <summary>What rules found in this run, the most telling first.</summary>
    public IReadOnlyList<RuledFinding> Findings => Sought.GetAwaiter().GetResult();

    private Task<IReadOnlyList<RuledFinding>> Sought => field ??= Aside.Start(() => FindingRules.Of(FindingData));

    /// <summary>Lets rules look at the data while chapters are made, which need nothing of what they find.</summary>
    public void SeekFindings() => _ = (FindingData.Slices, Sought);

    /// <summary>What rules look at; read from the tables of the run when it is asked for.</summary>
    public FindingData FindingData
    {
        get => field ??= new FindingDataReader(this).Read();
        init;
    }

    /// <summary>What chapters leave to the annex, in their order.</summary>
    public Details Details => field ??= new(this);

    public string TitleOf(IReportSection section) => Language.Phrase($"section_{section.Id}");
}

using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>How to run it again, what words mean, and the pipeline file as it was resolved.</summary>
internal sealed class AnnexSection : IReportSection
{
    public string Id => "annex";

    public bool IsAnnex => true;

    public SectionView? Build(ReportContext context) => new AnnexView(
        Id, context.TitleOf(this), Command(context.Plan), GlossaryTerms.Of(context.Results, context.Languages), context.Plan.ResolvedYaml);

    private static string Command(Plan plan) =>
        string.Join(' ', plan.Overrides.Words.Prepend($"./runner exec {ShellWord.Of(plan.Source.Path)}"));
}

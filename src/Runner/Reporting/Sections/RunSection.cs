using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>How the run went, and where.</summary>
internal sealed class RunSection : IReportSection
{
    public string Id => "run";

    public bool IsAnnex => true;

    public SectionView? Build(ReportContext context) =>
        new RunViews(context.Language, context.Numbering).Of(Id, context.TitleOf(this), context.Results, context.Run);
}

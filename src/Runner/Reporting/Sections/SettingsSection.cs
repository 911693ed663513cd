using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>Every stage with its parameters; of the cells of a matrix the one that is told.</summary>
internal sealed class SettingsSection : IReportSection
{
    public string Id => "pipeline";

    public bool IsAnnex => true;

    public SectionView? Build(ReportContext context)
    {
        StageViews views = new(context.Languages, context.Numbering);
        HashSet<string> told = new(StringComparer.Ordinal);
        // What is left at its default is the same for all stages of a kind: the first one tells it.
        return new SettingsView(Id, context.TitleOf(this),
            [.. context.Results.Where(result => context.Shown.Shows(result.Stage)).Select(result =>
                views.Of(result) is var view && told.Add(result.Kind) ? view : view with { Kept = [] })]);
    }
}

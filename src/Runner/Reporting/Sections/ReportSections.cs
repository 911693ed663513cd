using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The chapters of a report, in their order. Stages tell their part in the one that their kind's manifest names.</summary>
internal static class ReportSections
{
    public static IReadOnlyList<IReportSection> All { get; } =
    [
        new DataSection(),
        new PreparationSection(),
        new SweepSection(),
        new StagesSection("training"),
        new ResultsSection(),
        new StagesSection("examples"),
        new StagesSection("explanations"),
        new StagesSection("embeddings"),
        new ComparisonSection(),
        new StagesSection(ReportManifest.OtherSection),
        new AnswersSection(),
        new DetailsSection(),
        new SettingsSection(),
        new RunSection(),
        new AnnexSection(),
    ];
}

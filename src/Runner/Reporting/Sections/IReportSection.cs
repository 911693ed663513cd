using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>A chapter of the report. A new one is a class here, its place in <see cref="ReportSections.All"/>, and the phrase
/// <c>section_&lt;id&gt;</c>.</summary>
internal interface IReportSection
{
    /// <summary>The anchor of the chapter.</summary>
    string Id { get; }

    /// <summary>Whether it is for looking up and not for reading.</summary>
    bool IsAnnex => false;

    /// <returns>Null where it has nothing to tell.</returns>
    SectionView? Build(ReportContext context);
}

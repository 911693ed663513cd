using Pipelines.Runner.Reporting.Markdown;
using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The authors' own text, where the pipeline file names one.</summary>
internal sealed class AnswersSection : IReportSection
{
    public string Id => "answers";

    public SectionView? Build(ReportContext context) =>
        context.Answers is { } answers
            ? new AnswersView(Id, context.TitleOf(this), MarkdownText.ToHtml(answers, context.Language.Code))
            : null;
}

using Pipelines.Runner.Reporting.Answers;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The questions of the course with the authors' answers; those without one are marked.</summary>
internal sealed class AnswersSection : IReportSection
{
    public string Id => "answers";

    public SectionView? Build(ReportContext context)
    {
        var language = context.Language;
        List<QuestionView> questions = [.. context.Plan.Report.Questions.Select(question => new QuestionView(
            context.Numbering.Id("question", question.Id), Typography.Heading(language.Text(question.Text)),
            context.AnswerTexts.Find(question.Id)))];
        var free = context.AnswerTexts.Free.Length > 0 ? new AnswerSlot(context.AnswerTexts, context.AnswerTexts.Free) : null;
        var open = questions.Count(question => question.Answer is null);
        return questions.Count == 0 && free is null ? null : new AnswersView(
            Id, context.TitleOf(this), free, questions, open == 0 ? null : language.Phrase(
                open == 1 ? "open_question" : "open_questions", ("count", language.Numbers.Of(open)),
                ("questions", language.Numbers.Of(questions.Count))));
    }
}

using Pipelines.Runner.Reporting.Findings.Rules;

namespace Pipelines.Tests.Runner.Reporting.Findings;

public sealed class SurestAnswersTests
{
    /// <summary>They have at least that confidence: 99.6% is at least 99%, and not at least 100%.</summary>
    [Theory]
    [InlineData(0.996, "99%")]
    [InlineData(0.29, "29%")]
    [InlineData(1, "100%")]
    public void The_confidence_of_the_surest_answers_is_never_overstated(double confidence, string told)
    {
        var data = FindingSamples.ByRule["surest"].Found;
        var least = data.Answers.OrderByDescending(answer => answer.Confidence).ElementAt((data.Answers.Count * 4 / 5) - 1).Confidence;
        data = data with
        {
            Answers = [.. data.Answers.Select(answer => answer with { Confidence = answer.Confidence - least + confidence })],
        };

        var finding = new SurestAnswers().Of(data)!;

        Assert.Equal(told, finding.Values["confidence"].In(SampleRun.Files.Language("en")));
    }
}

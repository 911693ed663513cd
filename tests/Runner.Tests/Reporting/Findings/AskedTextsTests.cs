using Pipelines.Runner.Reporting.Findings;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Runner.Reporting.Findings;

public sealed class AskedTextsTests
{
    [Theory]
    [InlineData("", 0, false, false)]
    [InlineData("  ", 0, false, false)]
    [InlineData("MALADIE  D'ALZHEIMER", 2, true, false)]
    [InlineData("OU\u00A0ÉTÉ", 2, true, false)]
    [InlineData("OK", 1, false, false)]
    [InlineData("ANÉMIE aiguë", 2, false, false)]
    [InlineData("stade 4", 2, false, true)]
    [InlineData("\tFRACTURE\nT08", 2, true, true)]
    public void Words_capitals_and_digits_are_counted_as_they_are_written(string text, int words, bool isInCapitals, bool hasDigit)
    {
        var seen = AnsweredText.Of(text);
        Assert.Equal((words, isInCapitals, hasDigit), (seen.Words, seen.IsInCapitals, seen.HasDigit));
        Assert.Null(seen.UnknownWords);
    }

    [Fact]
    public void A_text_is_found_among_those_that_were_asked_and_only_there()
    {
        AskedTexts asked = new(null);
        string[] texts = [.. Enumerable.Range(0, 1000).Select(row => $"text {row}")];
        var added = asked.Add(new Values<string>("text", texts), [.. Enumerable.Range(0, 500)]);

        Assert.Equal(texts[..AskedTexts.Kept], asked.First);
        Assert.Equal(added.Select(text => (UInt128?)text.Id), texts[..500].Select(asked.Find));
        Assert.All(texts[500..], text => Assert.Null(asked.Find(text)));
        Assert.Equal(500, added.DistinctBy(text => text.Id).Count());
    }
}

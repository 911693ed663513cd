using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(181763L, ValueFormat.Auto, "181\u202F763", "181,763")]
    [InlineData(0.81543, ValueFormat.Auto, "0,815", "0.815")]
    [InlineData(0.81543, ValueFormat.Percent, "81,5\u202F%", "81.5%")]
    [InlineData(0.01449, ValueFormat.Points, "+1,4\u202Fpt", "+1.4\u202Fpt")]
    [InlineData(-0.5, ValueFormat.Points, "−50,0\u202Fpt", "−50.0\u202Fpt")]
    [InlineData(-0.0001, ValueFormat.Points, "0,0\u202Fpt", "0.0\u202Fpt")]
    [InlineData(-1.5, ValueFormat.Decimal, "−1,500", "−1.500")]
    [InlineData(3.0, ValueFormat.Auto, "3", "3")]
    [InlineData(0.0001, ValueFormat.Auto, "1·10⁻⁴", "1·10⁻⁴")]
    [InlineData(192.0, ValueFormat.Seconds, "3\u202Fmin 12\u202Fs", "3\u202Fmin 12\u202Fs")]
    [InlineData(0.42, ValueFormat.Seconds, "0,42\u202Fs", "0.42\u202Fs")]
    [InlineData(double.NaN, ValueFormat.Auto, "–", "–")]
    [InlineData(0.0, ValueFormat.PValue, "< 0,001", "< 0.001")]
    [InlineData(4e-320, ValueFormat.PValue, "< 0,001", "< 0.001")]
    [InlineData(0.0421, ValueFormat.PValue, "0,042", "0.042")]
    [InlineData(null, ValueFormat.Auto, "–", "–")]
    [InlineData("as it is", ValueFormat.Auto, "as it is", "as it is")]
    [InlineData(true, ValueFormat.Check, "✓", "✓")]
    [InlineData("v1.2 (+2.89) · à (−0.31)", ValueFormat.Scores, "v1.2 (+2,89) · à (−0,31)", "v1.2 (+2.89) · à (−0.31)")]
    public void Numbers_are_set_as_readers_of_the_language_expect(object? value, ValueFormat format, string french, string english)
    {
        Assert.Equal(french, new NumberText("fr").Of(value, format));
        Assert.Equal(english, new NumberText("en").Of(value, format));
    }

    [Fact]
    public void French_signs_get_narrow_spaces_and_apostrophes_are_curved()
    {
        Assert.Equal("L’étape\u202F: «\u202Fa\u202F»\u202F; 5\u202F%\u202F!", Typography.Set("L'étape : « a » ; 5 % !", "fr"));
        Assert.Equal("The model’s: 5 % !", Typography.Set("The model's: 5 % !", "en"));
    }

    [Theory]
    [InlineData("Le code CIM-10 se lit-elle ?", "Le code CIM-\u206010 se lit-\u2060elle ?")]
    [InlineData("cross-validation - or -10", "cross-validation - or -10")]
    public void No_line_of_a_heading_ends_before_a_short_part_of_a_word(string text, string heading) =>
        Assert.Equal(heading, Typography.Heading(text));
}

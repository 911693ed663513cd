using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(181763L, ValueFormat.Auto, "181\u202F763", "181,763")]
    [InlineData(23643L, ValueFormat.Code, "23643", "23643")]
    [InlineData(0.81543, ValueFormat.Auto, "0,815", "0.815")]
    [InlineData(0.81543, ValueFormat.Percent, "81,5\u202F%", "81.5%")]
    [InlineData(0.01449, ValueFormat.Points, "+1,4\u202Fpt", "+1.4\u202Fpt")]
    [InlineData(0.0001, ValueFormat.Percent, "< 0,1\u202F%", "< 0.1%")]
    [InlineData(1e-17, ValueFormat.Percent, "0,0\u202F%", "0.0%")]
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

    [Theory]
    [InlineData(ValueFormat.Decimal, 0.0013, 0.0006, "0,0013", "0,0006")]
    [InlineData(ValueFormat.Decimal, 0.5, 0.25, "0,500", "0,250")]
    [InlineData(ValueFormat.Decimal, 0.00012341, 0.00012349, "1,234·10⁻⁴", "1,235·10⁻⁴")]
    [InlineData(ValueFormat.Percent, 0.83332, 0.83341, "83,33\u202F%", "83,34\u202F%")]
    [InlineData(ValueFormat.Percent, 0.0003, 0.00004, "0,03\u202F%", "< 0,01\u202F%")]
    [InlineData(ValueFormat.Points, 0.0002, 0, "+0,02\u202Fpt", "0,00\u202Fpt")]
    [InlineData(ValueFormat.Auto, 0.79996, 0.8, "0,79996", "0,80000")]
    [InlineData(ValueFormat.Auto, 1, 1.00001, "1,00000", "1,00001")]
    [InlineData(ValueFormat.Auto, 12, 13, "12", "13")]
    [InlineData(ValueFormat.Decimal, 0.8333333333333333, 0.8333333333333334, "0,833", "0,833")]
    [InlineData(ValueFormat.Decimal, double.NaN, 0.5, "–", "0,500")]
    public void Numbers_beside_each_other_have_the_decimals_that_tell_them_apart(
        ValueFormat format, double one, double other, string first, string second)
    {
        NumberText numbers = new("fr");
        var style = numbers.Apart(format, [one, other]);

        Assert.Equal((first, second), (numbers.Of(one, style), numbers.Of(other, style)));
    }

    [Theory]
    [InlineData(0.1, "0,1")]
    [InlineData(0.00000002, "0,00000002")]
    public void A_setting_has_the_decimals_it_has(double value, string text) => Assert.Equal(text, new NumberText("fr").Short(value));

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

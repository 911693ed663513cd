using Pipelines.Runner.Terminal;

namespace Pipelines.Tests.Runner.Terminal;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0.02, "0.02 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(3599.7, "1 h 00 min")]
    [InlineData(7800, "2 h 10 min")]
    public void A_duration_is_rounded_as_a_whole(double seconds, string shown) =>
        Assert.Equal(shown, Format.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.53064, "0.5306")]
    [InlineData(0.0000076, "7.6e-6")]
    [InlineData(-0.00002, "-2e-5")]
    [InlineData(227276, "227,276")]
    public void A_small_number_is_not_shown_as_zero(double value, string shown) => Assert.Equal(shown, Format.Number(value));
}

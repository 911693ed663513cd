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

    [Theory]
    [InlineData(0.5, 0.25, "0.5", "0.25")]
    [InlineData(0.79999, 0.8, "0.79999", "0.8")]
    [InlineData(0.0000076111, 0.0000076119, "7.611e-6", "7.612e-6")]
    public void Numbers_beside_each_other_have_the_decimals_that_tell_them_apart(double one, double other, string first, string second)
    {
        var more = Format.Apart(one, other);

        Assert.Equal((first, second), (Format.Number(one, more), Format.Number(other, more)));
    }

    [Theory]
    [InlineData(0.9964, "99.6 %")]
    [InlineData(0.99999, "> 99.9 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(0, "0.0 %")]
    [InlineData(0.0001, "< 0.1 %")]
    public void A_share_is_all_or_nothing_only_where_it_is(double share, string shown) => Assert.Equal(shown, Format.Percent(share));

    [Fact]
    public void What_a_strangers_text_would_do_to_a_terminal_is_not_done()
    {
        const string Text = "a\u001b]0;title\u0007b\u202Ec\u009b31m\td\n";
        using StringWriter terminal = new();
        using SafeWriter safe = new(terminal);
        safe.Write(Text);
        safe.Write(Text.ToCharArray(), 0, Text.Length);
        foreach (var character in Text)
            safe.Write(character);

        const string Expected = "a\uFFFD]0;title\uFFFDb\uFFFDc\uFFFD31m\td\n";
        Assert.Equal(Expected + Expected + Expected, terminal.ToString());
        Assert.Equal("a ]0;title b c 31m d ", Format.OneLine(Text));
    }

    [Theory]
    [InlineData(new[] { 10, 10 }, 80, new[] { 10, 10 })]
    [InlineData(new[] { 60, 10, 60 }, 80, new[] { 33, 10, 33 })]
    [InlineData(new[] { 60, 60, 60 }, 10, new[] { 4, 4, 4 })]
    public void A_table_fits_its_terminal(int[] wanted, int room, int[] widths) => Assert.Equal(widths, ColumnWidths.Fit(wanted, room));

    [Fact]
    public void Two_runs_are_judged_by_which_way_their_metrics_are_better() => Assert.Equal(
        "the second: 2 metrics better, 1 worse",
        ComparisonPrinter.Verdict([
            new("test.loss", 2, 1), new("test.accuracy", 0.5, 0.6), new("test.macro_f1", 0.5, 0.4), new("test.rows", 1, 2),
            new("best_epoch", 1, 2), new("test.accuracy_low", 0.5, 0.4), new("new", null, 1),
        ]));

    [Fact]
    public void The_time_left_is_that_of_all_stages_and_is_not_said_where_one_is_new()
    {
        LiveStage Stage(double? usual) => new("a") { Usual = usual is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        var done = Stage(9);
        done.Finish(new Pipelines.Runner.Execution.StageOutcome.Skipped(null), null);

        Assert.Equal("1 of 3 · about 14 s left", LiveRunView.Total([done, Stage(10), Stage(4)]));
        Assert.Equal("1 of 3 · about 5 s left", LiveRunView.Total([done, Stage(4), Stage(1)]));
        Assert.Equal("1 of 2", LiveRunView.Total([done, Stage(null)]));
    }
}

using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Stages.Shell;

public sealed class RunCommandTests : IDisposable
{
    private readonly CommandRig _rig = new();

    [Theory]
    [InlineData("cp {in.rows} {out.rows}")]
    [InlineData("cp {in.rows.csv} {out.rows.csv}")]
    [InlineData("cp \"$PIPELINES_IN_ROWS\" \"$PIPELINES_OUT_ROWS\"")]
    [InlineData("cat {in.rows.csv} > \"$PIPELINES_OUT_ROWS_CSV\"")]
    public async Task What_goes_out_and_back_is_the_same(string command)
    {
        var before = await _rig.TableAsync();

        var after = (Table)(await _rig.RunAsync(command))["rows"];

        Assert.Equal(before.Columns, after.Columns);
        Assert.Equal(before.EncodingHash, after.EncodingHash);
        Assert.Equal(before.Id, after.Id);
    }

    [Theory]
    [InlineData("sed '2d'", true)]
    [InlineData("sed '1s/$/,more/; 2s/$/,1/; 3s/$/,2/; $s/$/,3/'", true)]
    [InlineData("sed 's/a b/a c/'", false)]
    [InlineData("sed '2s/01/02/'", false)]
    public async Task The_encoding_stays_as_long_as_it_is_true(string edit, bool stays)
    {
        // A text of several lines would be several lines for sed.
        var rows = (Table)(await _rig.RunAsync(
            $"tr '\\n' '~' < {{in.rows.csv}} | sed 's/\\\"\\\"~/\\\"\\\"@/' | tr '~' '\\n' | {edit} | tr '@' '\\n' > {{out.rows.csv}}"))[
            "rows"];

        Assert.Equal(stays ? CommandRig.Chain.Steps.Count : 0, rows.Encoding.Steps.Count);
    }

    [Fact]
    public async Task Types_that_nothing_is_known_of_are_the_narrowest_that_fit()
    {
        var rows = (Table)(await _rig.RunAsync(
            "printf 'i,l,d,e,b,s,z,n\\n1,3000000000,0.5,1,true,x,007,\\n-2,1,1e3,,False,1,1,\\n' > {out.rows.csv}"))["rows"];

        Assert.Equal("int long double double bool string string string", string.Join(' ', rows.Columns.Select(column => column.Type)));
    }

    [Fact]
    public async Task Metrics_may_be_nested()
    {
        var metrics = (Metrics)(
            await _rig.RunAsync("echo '{\"n\": 3, \"test\": {\"accuracy\": 0.5}}' > {out.scores}", "scores:metrics"))["scores"];

        Assert.Equal([("n", 3.0), ("test.accuracy", 0.5)], metrics.Values.Select(value => (value.Key, value.Value)));
    }

    [Fact]
    public async Task A_card_holds_facts_and_grids()
    {
        var outputs = await _rig.RunAsync(
            "echo '{\"items\": [{\"item\": \"fact\", \"name\": \"rows\", \"value\": 3}]}' > {out.told}", "told:card");

        Assert.Contains(
            "\"rows\"", await File.ReadAllTextAsync(Path.Combine(outputs["told"].Directory, Card.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_has_a_summary_for_the_report()
    {
        var outputs = await _rig.RunAsync("cp {in.rows} {out.rows}; echo '{\"a\": 1}' > {out.scores}", "rows:table scores:metrics");

        var card = await File.ReadAllTextAsync(Path.Combine(outputs["summary"].Directory, Card.FileName));
        Assert.Contains("text, label, ids, length, weight, odd", card, StringComparison.Ordinal);
        Assert.Contains("scores.a", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_cannot_damage_what_it_is_given()
    {
        var before = await _rig.TableAsync();

        await _rig.RunAsync("chmod u+w {in.rows}; cp {in.rows} {out.rows}; echo broken > {in.rows}");

        Assert.NotEqual("broken\n", await File.ReadAllTextAsync(Path.Combine(before.Directory, Table.FileName)));
    }

    [Fact]
    public async Task Output_is_logged_line_by_line()
    {
        await _rig.RunAsync("echo one; echo two >&2; printf 'bar 1\\rbar 2\\r'; cp {in.rows} {out.rows}; printf end");

        Assert.Equal(["bar 1", "bar 2", "end", "one", "two"], _rig.Lines.Order());
    }

    [Fact]
    public async Task What_a_command_leaves_running_is_ended_with_it()
    {
        await _rig.RunAsync("sh -c 'sleep 1000; echo late' & cp {in.rows} {out.rows}; echo $! > pid");

        Assert.False(IsAlive(await File.ReadAllTextAsync(Path.Combine(_rig.Folder, "pid"))));
    }

    [Fact]
    public async Task Cancelling_ends_the_command_and_all_it_started()
    {
        using CancellationTokenSource stop = new();
        var pid = Path.Combine(_rig.Folder, "pid");
        var running = _rig.RunAsync("sh -c 'sleep 1000' & echo $! > pid.new; mv pid.new pid; wait", cancellation: stop.Token);
        while (!File.Exists(pid))
            await Task.Delay(10);

        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.False(IsAlive(await File.ReadAllTextAsync(pid)));
    }

    [Fact]
    public async Task A_command_may_clean_up_when_it_is_cancelled()
    {
        using CancellationTokenSource stop = new();
        var started = Path.Combine(_rig.Folder, "started");
        var running = _rig.RunAsync(
            "trap 'echo clean > cleaned; exit 1' TERM; touch started; while :; do sleep 0.05; done", cancellation: stop.Token);
        while (!File.Exists(started))
            await Task.Delay(10);

        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.True(File.Exists(Path.Combine(_rig.Folder, "cleaned")));
    }

    [Fact]
    public async Task A_command_whose_output_cannot_be_taken_is_ended()
    {
        _rig.TakesNoOutput = true;

        // More than a pipe holds; without an end it would wait for room.
        var error = await Assert.ThrowsAsync<IOException>(
            () => _rig.RunAsync("echo $$ > pid; yes; cp {in.rows} {out.rows}").WaitAsync(TimeSpan.FromSeconds(60)));

        Assert.Equal("full", error.Message);
        Assert.False(IsAlive(await File.ReadAllTextAsync(Path.Combine(_rig.Folder, "pid"))));
    }

    public void Dispose() => _rig.Dispose();

    // What was killed may stay as a zombie until its parent looks.
    private static bool IsAlive(string pid)
    {
        for (var i = 0; i < 100; i++)
        {
            var stat = $"/proc/{pid.Trim()}/stat";
            if (!File.Exists(stat) || File.ReadAllText(stat).Contains(") Z", StringComparison.Ordinal))
                return false;
            Thread.Sleep(20);
        }
        return true;
    }
}

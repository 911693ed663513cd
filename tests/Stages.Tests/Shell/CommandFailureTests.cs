using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Stages.Shell;

public sealed class CommandFailureTests : IDisposable
{
    private readonly CommandRig _rig = new();

    [Theory]
    [InlineData("exit 3", "the command ended with exit code 3")]
    [InlineData("echo no such row >&2; exit 1", "the command ended with exit code 1: no such row")]
    [InlineData("kill -9 $$", "the command was ended by signal 9: Killed")]
    [InlineData("true", "the command ended well but wrote no 'rows'")]
    [InlineData(": > {out.rows}", "the command left the file for 'rows' empty")]
    [InlineData("mkdir {out.rows}", "the command made a folder for 'rows', not a file")]
    [InlineData("cp {in.rows} {out.rows}; cp {in.rows.csv} {out.rows.csv}", "the command wrote 'rows' as Parquet and as CSV")]
    [InlineData("head -1 {in.rows.csv} > {out.rows.csv}", "the table 'rows' has no rows")]
    [InlineData("printf 'a,b\\n1\\n' > {out.rows.csv}", "the CSV file for 'rows': row 1 (line 2) has 1 field, expected 2 (a, b)")]
    [InlineData("printf 'a,a\\n1,2\\n' > {out.rows.csv}", "the CSV file for 'rows': there are two columns 'a'")]
    [InlineData("printf ',a\\n0,1\\n' > {out.rows.csv}", "the CSV file for 'rows': a column has no name")]
    [InlineData("printf 'a\\n\\351t\\351\\n' > {out.rows.csv}",
        "the CSV file for 'rows': row 1 (line 2): byte 0xE9 at offset 2 is no utf-8")]
    public async Task A_failure_says_what_was_found(string command, string message)
    {
        var failure = await _rig.FailAsync(command);

        Assert.Equal((message, "run"), (failure.Message, failure.Parameter));
    }

    [Theory]
    [InlineData("ids", "7", "list<int>")]
    [InlineData("ids", "\"[1, 2.5]\"", "list<int>")]
    [InlineData("length", "1.5", "int")]
    [InlineData("length", "three", "int")]
    [InlineData("target", "true", "int")]
    [InlineData("target_ids", "[a]", "list<int>")]
    public async Task A_column_that_stages_know_is_checked_for_its_type(string column, string cell, string type)
    {
        var failure = await _rig.FailAsync($"printf '{column}\n%s\n' '{cell}' > {{out.rows.csv}}");

        Assert.Equal(
            $"the CSV file for 'rows': row 1 (line 2): '{cell.Trim('"')}' for '{column}', where {type} was expected", failure.Message);
    }

    [Fact]
    public async Task Numbers_and_truths_are_texts_where_stages_know_the_column_as_text()
    {
        var outputs = await _rig.RunAsync("printf 'text,label,split,raw\n1,007,true,1e3\n2.50,no,NA,x\n' > {out.rows.csv}");

        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["rows"]));
        Assert.Equal(["1", "2.50"], rows.Values<string>("text").Items);
        Assert.Equal(["007", "no"], rows.Values<string>("label").Items);
        Assert.Equal(["true", "NA"], rows.Values<string>("split").Items);
        Assert.Equal(["1e3", "x"], rows.Values<string>("raw").Items);
    }

    [Theory]
    [InlineData("echo no Parquet > {out.rows}")]
    [InlineData("head -c 300 {in.rows} > {out.rows}")]
    public async Task What_is_no_parquet_is_said_to_be_none(string command) =>
        Assert.StartsWith(
            "the Parquet file for 'rows' cannot be read: ", (await _rig.FailAsync(command)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("echo 3", "is a single number")]
    [InlineData("echo '{}'", "holds no number")]
    [InlineData("echo '{\"a\": \"x\"}'", "has a text for 'a'")]
    [InlineData("echo '{\"a\": {\"b\": [1]}}'", "has a list for 'a.b'")]
    public async Task Bad_metrics_say_what_they_are(string command, string what) =>
        Assert.Equal(
            $"the file for the metrics 'scores' {what}", (await _rig.FailAsync($"{command} > {{out.scores}}", "scores:metrics")).Message);

    [Theory]
    [InlineData("{\"a\": NaN}", "metrics")]
    [InlineData("{\"items\": [{\"item\": \"fact\"}]}", "card")]
    [InlineData("{\"items\": [null]}", "card")]
    [InlineData("{\"items\": [{\"item\": \"warning\", \"name\": \"x\", \"values\": {}}]}", "card")]
    [InlineData("{\"items\": [{\"item\": \"grid\", \"name\": \"x\", \"columns\": [{\"name\": \"a\"}], \"rows\": [[1, 2]]}]}", "card")]
    [InlineData("[]", "card")]
    public async Task What_is_no_such_file_is_refused(string json, string kind)
    {
        var failure = await _rig.FailAsync($"echo '{json}' > {{out.x}}", $"x:{kind}");

        Assert.StartsWith($"the file for the {kind} 'x' ", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Help);
    }

    [Theory]
    [InlineData("{\"items\": [{\"item\": \"fact\"}]}", "items[0], a fact, has no 'name'")]
    [InlineData("{\"items\": [{\"item\": \"gird\", \"name\": \"x\"}]}", "items[0] is an object whose 'item' is 'fact' or 'grid'")]
    [InlineData("{\"items\": [{\"item\": \"fact\", \"name\": 3, \"value\": 3}]}", "the name of items[0] is a text")]
    [InlineData("{\"items\": [{\"item\": \"grid\", \"name\": \"x\", \"columns\": 3, \"rows\": []}]}",
        "$.items[0].columns cannot be read (line 1)")]
    [InlineData("{\"items\": [", "it cannot be read (line 2)")]
    public async Task A_wrong_card_is_told_by_its_own_names(string json, string message) => Assert.Equal(
        $"the file for the card 'x' cannot be used: {message}", (await _rig.FailAsync($"echo '{json}' > {{out.x}}", "x:card")).Message);

    [Theory]
    [InlineData("nosuchprogram", false)]
    [InlineData("exit 3", true)]
    public async Task Only_what_may_pass_is_tried_again(string command, bool mayPass) =>
        Assert.Equal(mayPass, (await _rig.FailAsync(command)).MayPass);

    [Fact]
    public async Task The_last_lines_of_its_errors_are_shown()
    {
        var failure = await _rig.FailAsync("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do echo line $i >&2; echo >&2; done; exit 2");

        Assert.Equal([.. Enumerable.Range(4, 12).Select(i => $"line {i}")], failure.Details);
    }

    public void Dispose() => _rig.Dispose();
}

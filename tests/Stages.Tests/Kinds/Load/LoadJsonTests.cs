using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Load;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class LoadJsonTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("""[{"text": "a", "label": "x", "n": 1}, {"text": "b", "label": "y", "n": 2.50}]""")]
    [InlineData("""{"one": {"text": "a", "label": "x", "n": 1}, "two": {"text": "b", "label": "y", "n": 2.50}}""")]
    [InlineData("""
        {"text": "a", "label": "x", "n": 1}

        {"text": "b", "label": "y", "n": 2.50}
        """)]
    [InlineData("\uFEFF[{\"text\": \"a\", \"label\": \"x\", \"n\": 1},\r\n {\"text\": \"b\", \"label\": \"y\", \"n\": 2.50}]")]
    public async Task A_list_an_object_and_lines_hold_the_same_records(string json)
    {
        var rows = await LoadAsync(json, p => p with { Load = p.Load with { Select = p.Load.Select with { Keep = ["n"] } } });
        Assert.Equal(["a", "b"], rows.Values<string>("text").Items);
        Assert.Equal(["x", "y"], rows.Values<string>("label").Items);
        Assert.Equal(["1", "2.50"], rows.Values<string>("n").Items);
    }

    [Fact]
    public async Task One_line_is_one_record() =>
        Assert.Equal(["a"], (await LoadAsync("""{"text": "a", "label": "x"}""")).Values<string>("text").Items);

    [Fact]
    public async Task Records_lie_at_a_path_and_have_names()
    {
        var rows = await LoadAsync(
            """
            {"version": 2, "data": {"items": {
              "t1": {"text": "a", "label": "x", "user": {"name": "u"}},
              "t2": {"text": "b", "label": "y"}}}}
            """,
            p => p with
            {
                Records = "data.items",
                Key = "id",
                Load = p.Load with { Select = p.Load.Select with { Keep = ["id", "user.name"] } },
            });
        Assert.Equal(["t1", "t2"], rows.Values<string>("id").Items);
        Assert.Equal(["u", ""], rows.Values<string>("user.name").Items);
    }

    [Theory]
    [InlineData("""[{"text": "a", "label": "x"}, {"text": "b""", "line 1, byte 42: the JSON ends here, in the middle of a value")]
    [InlineData("[\n{\"text\": \"a\", \"label\": \"x\"},\n", "line 3, byte 1: the JSON ends here, in the middle of a value")]
    [InlineData("{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": ", "line 2, byte 10: the JSON ends here, in the middle of a value")]
    public async Task A_file_that_ends_early_says_where(string json, string message) =>
        Assert.Equal($"data.json: {message}", (await FailAsync(json)).Message);

    [Theory]
    [InlineData("[\n{\"text\": \"a\" \"label\": \"x\"}]", "data.json: line 2, byte 14: this is no JSON")]
    [InlineData("""[{"text": "a", "text": "b", "label": "x"}]""", "data.json: line 1")]
    [InlineData("nothing", "data.json: line 1, byte 2: this is no JSON")]
    public async Task What_is_no_JSON_says_where(string json, string start) =>
        Assert.StartsWith(start, (await FailAsync(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """[{"text": "a", "label": "x"}, "b"]""", "file", "data.json: record 2: a record is an object of fields, this one is a text")]
    [InlineData("""[{"text": ["a"], "label": "x"}]""", "file", "data.json: record 1: 'text' is a list")]
    [InlineData("""{"k": {"text": "a", "label": null}}""", "file", "data.json: record 1 ('k'): there is no label")]
    [InlineData("""[{"texte": "a", "label": "x"}]""", "text", "data.json: no record has 'text'")]
    [InlineData("12", "file", "data.json: there are no records: expected a list, an object, or an object a line")]
    [InlineData("[]", "text", "data.json: no record has 'text'")]
    public async Task Other_records_are_named_by_their_place(string json, string parameter, string message)
    {
        var error = await FailAsync(json);
        Assert.Equal(message, error.Message);
        Assert.Contains(error.Parameter, new[] { parameter, "missing", null });
    }

    [Fact]
    public async Task A_path_that_is_not_there_lists_what_is()
    {
        var file = _run.File("data.json", """{"data": [], "meta": {}}""");
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.RunAsync(new LoadJson(), new LoadJson.Params(new(file, Select: new(Label: "label")), Records: "items")));
        Assert.Equal(("records", "there are 'data', 'meta'"), (error.Parameter, error.Help));
    }

    private async Task<RowBatch> LoadAsync(string json, Func<LoadJson.Params, LoadJson.Params>? with = null)
    {
        LoadJson.Params parameters = new(new(_run.File("data.json", json), Select: new(Label: "label")));
        return Assert.Single(await StageRun.ReadAsync(
            (Table)(await _run.RunAsync(new LoadJson(), with?.Invoke(parameters) ?? parameters))["rows"]));
    }

    private Task<StageException> FailAsync(string json) => Assert.ThrowsAsync<StageException>(() => LoadAsync(json));
}

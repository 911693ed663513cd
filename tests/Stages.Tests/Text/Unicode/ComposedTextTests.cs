using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Text;
using Pipelines.Tests.Stages.Kinds;

namespace Pipelines.Tests.Stages.Text.Unicode;

/// <summary>A text is the same whichever way its accents are written.</summary>
public sealed class ComposedTextTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task One_word_and_one_class_whatever_form_they_come_in()
    {
        var file = _run.File("rows.csv", "text,label\ncaf\u00E9 noir,\u00E9lan\ncafe\u0301 noir,e\u0301lan\n");
        var loaded = await _run.RunAsync(new LoadCsv(), new LoadCsv.Params(new(File: file, Select: new(Label: "label"))));
        var words = await _run.RunAsync(new TokenizeWords(), new TokenizeWords.Params(), ("rows", loaded["rows"]));
        var classes = await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(Order: ["e\u0301lan"]), ("rows", words["rows"]));
        var rows = await classes.ResultAsync();
        var card = StageRun.CardOf(loaded)["items"]!.AsArray();

        Assert.Equal(rows.Ids()[0], rows.Ids()[1]);
        Assert.Equal([0, 0], rows.Values<int>("target").Items);
        Assert.Equal([1, 1],
            new[] { "composed_texts",
                "composed_labels" }.Select(name => (int)card.Single(item => (string)item!["name"]! == name)!["value"]!));
        Assert.Equal(rows.Ids()[0], TextPreprocessor.From(classes.Encoding()).Encode("cafe\u0301 noir").Ids);
    }
}

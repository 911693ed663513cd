using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Tests.Runner.Planning;

/// <summary>What is wrong with the layers of a network is found, with its place, before anything runs.</summary>
public sealed class LayerFindingTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(TestKit.Golden.FolderOf(), "../../.."));

    private static readonly StageCatalog Catalog = new(
        () => [], path => File.Exists(Path.Combine(Root, path)) ? new(path, File.ReadAllText(Path.Combine(Root, path))) : null);

    private const string Rows = "  rows: { uses: load/csv, with: { train: rows.csv, text: text, label: label } }\n";

    [Theory]
    [InlineData("[|max-pool, dense: softmax]", "The first layer must be an embedding.")]
    [InlineData("[embedding: 8, |max-pool]", "The last layer must give every class a probability.")]
    [InlineData("[embedding: 8, |dense: softmax]", "A dense layer needs one row of values a text, and here there is one a word.")]
    [InlineData("[embedding: 8, max-pool, |lstm: 4, dense: softmax]",
        "lstm reads the values of every word, and the layers before it leave only one row a text.")]
    [InlineData("[embedding: 8, max-pool, |dense: relu, dense: softmax]", "A dense layer inside the network needs its number of units.")]
    [InlineData("[embedding: 8, |embedding: 8, max-pool, dense: softmax]", "There can be only one embedding, as the first layer.")]
    [InlineData("[embedding: 8, max-pool, dense: { activation: sigmoid, units: |4 }]",
        "A sigmoid output is one number for two classes, not 4.")]
    [InlineData("[embedding: 8, |unmask, max-pool, dense: softmax]", "Only an lstm or a gru has outputs where its input was padding.")]
    [InlineData("[embedding: 8, parallel: [[max-pool], |[conv1d: 4]], dense: softmax]",
        "Branch 2 gives values of every word, and others one row a text.")]
    [InlineData("[embedding: 8, parallel: [[conv1d: 4], |[conv1d: { filters: 4, kernel: 5 }]], max-pool, dense: softmax]",
        "Branch 2 loses another number of words at the ends than the first.")]
    [InlineData("[embedding: 8, parallel: [[max-pool], [max-pool, |lstm: 4]], dense: softmax]",
        "lstm reads the values of every word, and the layers before it leave only one row a text.")]
    [InlineData("[embedding: 8, parallel: [[conv1d: { filters: |0 }, max-pool]], dense: softmax]",
        "'layers.1.parallel.branches.0.0.conv1d.filters' is at least 1 and at most 4096, but this is the number 0.")]
    [InlineData("[embedding: 8, parallel: [[|convolution]], dense: softmax]",
        "'layers.1.parallel.branches.0.0' cannot be 'convolution'.")]
    public void A_layer_that_cannot_stand_where_it_is_is_pointed_at(string layers, string message)
    {
        var line = $"  model: {{ uses: train/classifier, from: rows, with: {{ layers: {layers} }} }}";
        var plan = Read(line.Replace("|", "", StringComparison.Ordinal));
        var finding = Assert.Single(plan.Diagnostics);
        Assert.Equal((message, 3, line.IndexOf('|', StringComparison.Ordinal) + 1), (finding.Message, finding.At.Line, finding.At.Column));
    }

    [Fact]
    public void Branches_may_stand_in_branches()
    {
        var plan = Read("  model: { uses: train/classifier, from: rows, with: { layers: [embedding: 8, parallel: [[max-pool], "
            + "[parallel: [[conv1d: 4, max-pool], [lstm: 3]], dense: { units: 2 }]], dense: softmax] } }");
        Assert.Equal("", DiagnosticFormat.Render(plan.Diagnostics));
        Assert.Equal("4", plan.Value!.Stages.Single(stage => stage.Id == "model")
            .Values["layers.1.parallel.branches.1.0.parallel.branches.0.0.conv1d.filters"].Text);
    }

    private static Checked<Plan> Read(string model) => Plan.Read(
        new("x.yaml", $"pipeline: x\nstages:\n{model}\n{Rows}"), _ => null, Overrides.None, Catalog);
}

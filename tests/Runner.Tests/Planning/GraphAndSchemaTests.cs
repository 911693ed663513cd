using System.Text.Json.Nodes;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.TestKit.Stages;
using GoldenFile = Pipelines.TestKit.Golden;

namespace Pipelines.Tests.Runner.Planning;

public sealed class GraphAndSchemaTests
{
    private static readonly string Folder = GoldenFile.FolderOf();

    [Fact]
    [Trait(GoldenFile.Writes, GoldenFile.Generated)]
    public void The_graph_is_drawn_for_mermaid_and_for_graphviz()
    {
        const string Text = """
            pipeline: small
            stages:
              end: { uses: load/fake, with: { train: a.csv, text: t } }
              words: { uses: tokenize/fake, from: end }
              model: { uses: train/fake, from: { rows: words, extra: end }, with: { epochs: 1 } }
              best: { uses: select/best, from: model, with: { metric: accuracy } }
            """;
        var plan = Plan.Read(new("small.yaml", Text), _ => null, Overrides.None, FakeStages.Catalog).Value!;

        GoldenFile.Check(Path.Combine(Folder, "graph.mermaid.txt"), PlanGraph.Mermaid(plan));
        GoldenFile.Check(Path.Combine(Folder, "graph.dot.txt"), PlanGraph.Dot(plan));
    }

    [Fact]
    [Trait(GoldenFile.Writes, GoldenFile.Generated)]
    public void The_schema_says_what_the_binder_takes() =>
        GoldenFile.Check(Path.Combine(Folder, "schema.json.txt"), PipelineSchema.Write(FakeStages.Catalog).Value!);

    [Fact]
    public void Every_reference_of_the_schema_has_a_definition()
    {
        var schema = JsonNode.Parse(PipelineSchema.Write(FakeStages.Catalog).Value!)!;
        var definitions = schema["definitions"]!.AsObject();

        foreach (var reference in References(schema))
            Assert.True(
                definitions.ContainsKey(reference["#/definitions/".Length..].Replace("~1", "/", StringComparison.Ordinal)), reference);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}

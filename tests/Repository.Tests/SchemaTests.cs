using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Pipelines.Runner.Planning;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pipelines.Tests.Repository;

/// <summary>The JSON schema by which editors check pipeline files, read by an independent validator.</summary>
public sealed class SchemaTests
{
    private const string Right = """
        pipeline: small
        seed: 7
        vars: { data: data/rows, epochs: 10 }
        stages:
          rows: { uses: load/csv, with: { train: "${data}/train.csv", text: RawText, label: ICD10 } }
          words: { uses: tokenize/words, from: rows }
          codes: { uses: label/characters, from: words }
          padded: { uses: pad, from: codes, with: { length: 12 } }
          model: { uses: train/seq2seq, from: padded, with: { epochs: "${epochs}", dropout: 0.1 }, timeout: 10m, retries: 1 }
        report: { language: fr }

        """;

    private static readonly JsonNode s_text = JsonNode.Parse(PipelineSchema.Write(Installed.Catalog).Value!)!;
    private static readonly JsonSchema s_schema = JsonSchema.FromText(s_text.ToJsonString());

    public static TheoryData<string> Pipelines =>
        [.. RepositoryFiles.In("pipelines", ".yaml"), "reports-templates/sample-run/pipeline.yaml"];

    [Fact]
    public void It_is_a_schema_of_the_draft_it_names()
    {
        Assert.Equal(MetaSchemas.Draft7Id.OriginalString, (string?)s_text["$schema"]);
        Assert.Empty(Problems(MetaSchemas.Draft7, s_text));
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Every_pipeline_fits(string path) => Assert.Empty(Problems(s_schema, Json(RepositoryFiles.Read(path))));

    [Fact]
    public void The_pipeline_that_is_made_wrong_below_is_right() => Assert.Empty(Problems(s_schema, Json(Right)));

    [Theory]
    [InlineData("pipeline: small\n", "")]
    [InlineData("pipeline: small", "pipeline: [a, b]")]
    [InlineData("seed: 7", "seed: -7")]
    [InlineData("seed: 7", "sead: 7")]
    [InlineData("uses: pad,", "uses: padd,")]
    [InlineData("length: 12", "length: twelve")]
    [InlineData("length: 12", "lenght: 12")]
    [InlineData("uses: tokenize/words, from: rows", "uses: tokenize/words, form: rows")]
    [InlineData("dropout: 0.1 }", "dropout: 1.5 }")]
    [InlineData("retries: 1", "retries: some")]
    [InlineData("text: RawText", "text: [RawText]")]
    [InlineData("language: fr", "language: { fr: x }")]
    public void A_wrong_pipeline_does_not_fit(string right, string wrong)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);

        Assert.NotEmpty(Problems(s_schema, Json(Right.Replace(right, wrong, StringComparison.Ordinal))));
    }

    private static IEnumerable<string> Problems(JsonSchema schema, JsonNode? instance)
    {
        var results = schema.Evaluate(JsonSerializer.SerializeToElement(instance), new() { OutputFormat = OutputFormat.List });
        if (results.IsValid)
            return [];
        var errors = (results.Details ?? []).SelectMany(detail => detail.Errors ?? []);
        return errors.Select(error => $"{error.Key}: {error.Value}").DefaultIfEmpty("not valid");
    }

    private static JsonNode? Json(string yaml)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode);
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var plain } => Scalar(plain!),
        YamlScalarNode { Value: var text } => JsonValue.Create(text),
        _ => throw new ArgumentException($"{node.NodeType}"),
    };

    // What YAML 1.2 and JSON both call null, true, false or a number; all else is text.
    private static JsonNode? Scalar(string plain)
    {
        if (plain is "" or "~")
            return null;
        try
        {
            return JsonNode.Parse(plain);
        }
        catch (JsonException)
        {
            return JsonValue.Create(plain);
        }
    }
}

using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Plugins;
using Pipelines.TestKit;
using Pipelines.TestKit.Contract;

namespace Pipelines.Tests.Repository;

/// <summary>
/// What a stage kind costs: one class and one manifest, written here. Catalogue, contract, schema, words and example follow from these two.
/// </summary>
public sealed class NewKindTests : IDisposable
{
    private const string Kind = "clean/lower";

    private const string Class = """
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
        using Pipelines.Stages.Contracts;
        using Pipelines.Stages.Contracts.Cards;
        using Pipelines.Stages.Tables;

        namespace New.Clean;

        [Stage("clean/lower", Version = 1)]
        public sealed class CleanLower : Stage<CleanLower.Inputs, CleanLower.Params, CleanLower.Outputs>
        {
            public sealed record Inputs([Reads("text", "label?", "split?")] Table Rows);

            public sealed record Params(int Longest = 1000);

            public sealed record Outputs([Writes("text")] Table Rows, Metrics Metrics, Card Card);

            private long _changed;

            protected override async Task<Outputs> RunAsync(
                    Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
            {
                var rows = await context.Write.TableAsync(inputs.Rows.Encoding, Lower(inputs.Rows, parameters, cancellation), cancellation);
                CardContent card = new(
                    new Fact("lowered_texts", _changed),
                    new Warning("all_lowered", new Dictionary<string, object> { ["count"] = _changed }));
                var metrics = await context.Write.MetricsAsync(
                    new Dictionary<string, double> { ["lowered_texts"] = _changed }, cancellation);
                return new(rows, metrics, await context.Write.CardAsync(card, cancellation));
            }

            private async IAsyncEnumerable<RowBatch> Lower(
                    Table rows, Params parameters, [EnumeratorCancellation] CancellationToken cancellation)
            {
                await foreach (var batch in rows.ReadAsync(cancellation))
                {
                    var texts = batch.Values<string>("text");
                    var lower = new string[batch.Count];
                    for (var row = 0; row < batch.Count; row++)
                    {
                        lower[row] = texts[row].Length > parameters.Longest ? texts[row] : texts[row].ToLowerInvariant();
                        _changed += lower[row] == texts[row] ? 0 : 1;
                    }
                    yield return batch.With(new Values<string>("text", lower));
                }
            }
        }
        """;

    private const string WrittenManifest = """
        summary: { en: "Puts texts in lower case.", fr: "Met les textes en minuscules." }
        inputs:
          rows: { en: "Texts, one a row.", fr: "Des textes, un par ligne." }
        outputs:
          rows: { en: "The same rows.", fr: "Les mêmes lignes." }
          metrics: { en: "How many texts changed.", fr: "Combien de textes ont changé." }
          card: { en: "The same.", fr: "De même." }
        parameters:
          longest: { text: { en: "Longer texts stay as they are.", fr: "Les textes plus longs restent tels quels." }, min: 1 }
        example: |
          lower: { uses: clean/lower, from: rows, with: { longest: 500 } }
        report:
          title: { en: "Lower case", fr: "Minuscules" }
          section: preparation
          warnings:
            all_lowered: { en: "{count} texts changed.", fr: "{count} textes ont changé." }
          metrics:
            lowered_texts: { en: "texts in lower case", fr: "textes en minuscules" }
        """;

    private readonly TempWorkspace _workspace = new();

    public NewKindTests()
    {
        _workspace.Write("samples.yaml",
            "pipeline: samples\nstages:\n  rows: { uses: load/csv, with: { train: \"${samples}/rows.csv\", text: text, label: label } }\n");
        _workspace.Write("samples/rows.csv", "text,label\nFRACTURE du bras,S420\nasthme,J459\n");
        Compile();
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void It_is_in_the_catalogue_and_in_the_schema_and_without_findings()
    {
        var catalog = Catalog(WrittenManifest);
        var kind = catalog.Find(Kind)!;
        var (page, schema) = (StageCatalogue.Markdown(catalog), PipelineSchema.Write(catalog));

        Assert.Empty(KindChecks.Findings(kind));
        Assert.Empty(KindChecks.NotDescribed(kind).Concat(KindChecks.NotThere(kind)).Concat(KindChecks.InOneLanguageOnly(kind)));
        Assert.Contains("| [`clean/lower`](#cleanlower) | Puts texts in lower case. |", page, StringComparison.Ordinal);
        Assert.Contains("| `longest` | `1000` | Longer texts stay as they are. (at least 1) |", page, StringComparison.Ordinal);
        Assert.Contains("| `lowered_texts` |  | texts in lower case |", page, StringComparison.Ordinal);
        Assert.Empty(schema.Diagnostics);
        Assert.Contains("Longer texts stay as they are.", schema.Value!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_the_contract_of_all_stages()
    {
        using Runs runs = new(Samples(Catalog(WrittenManifest)));
        var checks = typeof(StageContract).GetMethods().Where(method => method.IsDefined(typeof(StageKindsAttribute))).ToList();

        Assert.NotEmpty(checks);
        foreach (var check in checks)
            await CheckAsync(check, runs);
    }

    [Theory]
    [InlineData("    lowered_texts: { en: \"texts in lower case\", fr: \"textes en minuscules\" }", "    other: { en: x, fr: x }",
        "report.words.lowered_texts; report.metrics.lowered_texts")]
    [InlineData("{count} texts changed.", "{many} texts changed.", "report.warnings.all_lowered, with no other places than count")]
    [InlineData("  title: { en: \"Lower case\", fr: \"Minuscules\" }\n", "", "report.title")]
    public async Task What_it_has_no_words_for_fails_the_contract(string words, string instead, string missing)
    {
        Assert.Contains(words, WrittenManifest, StringComparison.Ordinal);
        using Runs runs = new(Samples(Catalog(WrittenManifest.Replace(words, instead, StringComparison.Ordinal))));

        var failure = await Record.ExceptionAsync(
            () => CheckAsync(typeof(StageContract).GetMethod(nameof(StageContract.Everything_it_says_in_a_report_has_words))!, runs));

        Assert.Contains($"stages/clean/lower.yaml lacks in 'en': {missing}", failure!.Message, StringComparison.Ordinal);
    }

    private static Task CheckAsync(MethodInfo check, Runs runs)
    {
        try
        {
            return check.Invoke(new Contract(runs), [Kind]) as Task ?? Task.CompletedTask;
        }
        catch (TargetInvocationException failure)
        {
            return Task.FromException(failure.InnerException!);
        }
    }

    private StageCatalog Catalog(string manifest)
    {
        _workspace.Write($"stages/{Kind}.yaml", manifest);
        var all = PluginCatalog.Of(Installed.Catalog, _workspace.Root, PluginCatalog.Named(["new.dll"]));
        Assert.Equal("", DiagnosticFormat.Render(all.Diagnostics));
        return all.Value!;
    }

    private StageSamples Samples(StageCatalog catalog) => new(catalog, [Kind], Path.Combine(_workspace.Root, "samples.yaml"));

    private void Compile()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var result = CSharpCompilation.Create(
            "new", [CSharpSyntaxTree.ParseText(Class)], references, new(OutputKind.DynamicallyLinkedLibrary))
            .Emit(Path.Combine(_workspace.Root, "new.dll"));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }

    private sealed class Contract(SampleRuns runs) : StageContract(runs);

    private sealed class Runs(StageSamples samples) : SampleRuns(samples);
}

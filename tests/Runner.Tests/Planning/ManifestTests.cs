using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Tests.Runner.Planning;

public sealed class ManifestTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(TestKit.Golden.FolderOf(), "../../.."));

    private static readonly StageCatalog Catalog = new(
        () => Directory.EnumerateFiles(Path.Combine(Root, "stages"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path)),
        path => File.Exists(Path.Combine(Root, path)) ? new(path, File.ReadAllText(Path.Combine(Root, path))) : null);

    public static TheoryData<string> Kinds => [.. Catalog.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_manifest_describes_exactly_what_the_code_has(string kind)
    {
        var found = Catalog.Find(kind);

        Assert.True(found is not null, $"No class {KindName.TypeOf(kind)} with [Stage(\"{kind}\")].");
        Assert.Equal("", DiagnosticFormat.Render(found.Diagnostics));
        Assert.Equal(found.Spec.Inputs.Select(port => port.Name).Order(StringComparer.Ordinal),
            found.Manifest.Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(found.Spec.Outputs.Select(port => port.Name).Order(StringComparer.Ordinal),
            found.Manifest.Outputs.Keys.Order(StringComparer.Ordinal));
        List<string> needed = [], allowed = [];
        Paths(found.Spec.ParametersRecord, "", needed, allowed);
        Assert.Empty(needed.Except(found.Manifest.Parameters.Keys));
        Assert.Empty(found.Manifest.Parameters.Keys.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_parameters_of_the_example_bind(string kind)
    {
        var found = Catalog.Find(kind)!;
        Assert.True(found.Manifest.Example is not null, "There is no example.");
        var text = "pipeline: example\nstages:\n  "
            + found.Manifest.Example.TrimEnd().Replace("\n", "\n  ", StringComparison.Ordinal) + "\n";
        var plan = Plan.Read(new($"{KindName.ManifestOf(kind)} (example)", text), _ => null, Overrides.None, Catalog);

        // An example stands alone: the stages it takes its inputs from are elsewhere.
        Assert.Equal("", DiagnosticFormat.Render(plan.Diagnostics.Where(diagnostic => diagnostic.Code != "unknown-stage")));
        Assert.Contains($"uses: {kind}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_manifest_says_where_it_is_wrong()
    {
        var manifest = Manifest.Parse(
            new("stages/x.yaml", "summary: { fr: Rien }\nparameter: {}\nparameters: { a: { min: low, txt: x } }\ninputs: [rows]\n"));

        Assert.Equal(
            ["2:1 unknown-key", "1:1 missing-key", "4:9 not-a-map", "3:30 unknown-key", "3:18 missing-key", "3:25 not-a-number"],
            manifest.Diagnostics.Select(diagnostic => $"{diagnostic.At.Line}:{diagnostic.At.Column} {diagnostic.Code}"));
    }

    [Fact]
    public void What_a_kind_says_for_reports_is_read_when_it_is_asked_for_and_its_mistakes_have_their_places()
    {
        var manifest = Manifest.Parse(new("stages/x.yaml", """
            summary: x
            report:
              title: { en: Kind, fr: Sorte }
              section: result
              words: { a: [b] }
              # The first is what others have to beat.
              metrics:
                chance: { text: chance, baseline: { of: accuracy } }
                loss: { format: precent, headline: very }
            parameters: { a: { text: A., role: label-length } }
            example: none
            """)).Value!;

        Assert.Equal("a", manifest.ParameterWith(ParameterRole.LabelLength));
        Assert.Null(manifest.ParameterWith(ParameterRole.DecidingMetric));
        Assert.Equal("none", manifest.Example);
        Assert.Equal(ReportManifest.OtherSection, manifest.Report.Section);
        Assert.Equal(
            ["4:12 not-a-choice", "5:15 not-a-text", "8:39 missing-key", "9:21 not-a-choice", "9:40 wrong-type"],
            manifest.ReportFindings.Select(diagnostic => $"{diagnostic.At.Line}:{diagnostic.At.Column} {diagnostic.Code}")
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("report:\n  title: T\nsummary: x\n")]
    [InlineData("summary: x\nreport: { title: T }\n")]
    [InlineData("{ summary: x, report: { title: T } }")]
    [InlineData("summary: x\r\nreport:\r\n\r\n  # a word\r\n  title: T\r\n")]
    public void It_may_stand_anywhere_in_the_manifest(string text)
    {
        var manifest = Manifest.Parse(new("stages/x.yaml", text));

        Assert.Empty(manifest.Diagnostics);
        Assert.Empty(manifest.Value!.ReportFindings);
        Assert.Equal(("x", "T"), (manifest.Value.Summary.En, manifest.Value.Report.Title.En));
        Assert.Equal(text, manifest.Value.Text);
    }

    [Fact]
    public void Headlines_are_those_of_the_most_telling_split_in_the_order_of_the_manifest()
    {
        var report = Manifest.Parse(new("stages/x.yaml",
            "summary: x\nreport: { metrics: { b: { headline: true }, a: { headline: true }, c: { format: percent } } }\n")).Value!.Report;

        Assert.Equal(["test.b", "test.a"],
            report.HeadlinesIn(new Dictionary<string, double> { ["train.a"] = 1, ["test.a"] = 1, ["test.b"] = 1, ["test.c"] = 1 }));
        Assert.Equal(["train.a"], report.HeadlinesIn(new Dictionary<string, double> { ["train.a"] = 1, ["test.c"] = 1 }));
        Assert.Equal(ValueFormat.Percent, report.MetricOf("test.model_1.c_low")!.Format);
        Assert.Null(report.MetricOf("test.d"));
    }

    private static void Paths(RecordSpec record, string prefix, List<string> needed, List<string> allowed)
    {
        foreach (var parameter in record.Parameters)
        {
            var path = prefix + parameter.Name;
            needed.Add(path);
            allowed.Add(path);
            Below(parameter.Shape, path, needed, allowed);
        }
    }

    private static void Below(ParameterShape shape, string path, List<string> needed, List<string> allowed)
    {
        switch (shape)
        {
            case ParameterShape.ListOf list:
                Below(list.Element, path, needed, allowed);
                break;
            case ParameterShape.MapOf map:
                Below(map.Element, path, needed, allowed);
                break;
            case ParameterShape.RecordOf nested:
                Paths(nested.Record, $"{path}.", needed, allowed);
                break;
            case ParameterShape.UnionOf union:
                foreach (var (name, record) in union.Cases)
                {
                    allowed.Add($"{path}.{name}");
                    Paths(record, $"{path}.{name}.", needed, allowed);
                }
                break;
        }
    }
}

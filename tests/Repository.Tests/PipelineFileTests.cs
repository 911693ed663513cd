using Pipelines.Runner.Planning;
using GoldenFile = Pipelines.TestKit.Golden;

namespace Pipelines.Tests.Repository;

public sealed class PipelineFileTests
{
    public static TheoryData<string> Files => [.. RepositoryFiles.In("pipelines", ".yaml")];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_pipeline_plans_without_findings(string path) => Assert.Empty(Installed.Findings(Installed.File(path)!));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_pipeline_is_named_as_its_file_and_stands_in_the_log(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);

        Assert.Contains($"\npipeline: {name}\n", RepositoryFiles.Read(path).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"]({name}.yaml)", RepositoryFiles.Read("pipelines/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait(GoldenFile.Writes, GoldenFile.Generated)]
    public void The_schema_is_current()
    {
        var schema = PipelineSchema.Write(Installed.Catalog);

        Assert.Empty(schema.Diagnostics);
        GoldenFile.Check(RepositoryFiles.Absolute("pipelines/pipeline.schema.json"), schema.Value!);
    }

    [Fact]
    [Trait(GoldenFile.Writes, GoldenFile.Generated)]
    public void The_stage_catalogue_is_current() =>
        GoldenFile.Check(RepositoryFiles.Absolute("docs/stages.md"), StageCatalogue.Markdown(Installed.Catalog));

    [Fact]
    [Trait(GoldenFile.Writes, GoldenFile.Generated)]
    public void The_model_of_the_report_is_described_as_it_is() =>
        GoldenFile.Check(RepositoryFiles.Absolute("docs/report-model.md"), ReportModelDocument.Markdown());
}

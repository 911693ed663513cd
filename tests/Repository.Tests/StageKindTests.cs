using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Tests.Repository;

/// <summary>A stage kind is a class and a manifest that say the same things about each other.</summary>
public sealed class StageKindTests
{
    public static TheoryData<string> Kinds =>
        [.. Installed.StageClasses.Select(Installed.KindOf).Union(Installed.Catalog.Kinds).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_a_class_and_a_manifest_that_lead_to_each_other(string kind)
    {
        Assert.Contains(kind, Installed.StageClasses.Select(Installed.KindOf));
        Assert.NotNull(Installed.File(KindName.ManifestOf(kind)));
        Assert.Equal(kind, Installed.Catalog.Find(kind)?.Spec.Kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_says_which_columns_its_tables_have_anew(string kind) => Assert.Empty(
        from port in Installed.Catalog.Find(kind)!.Spec.Outputs
        where port.Artifact == ArtifactKind.Table && port.Writes is null
        select $"{port.Name} needs [Writes(…)]");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_manifest_is_without_findings(string kind) =>
        Assert.Empty(KindChecks.Findings(Installed.Catalog.Find(kind)!));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_manifest_describes_every_port_and_parameter_and_nothing_else(string kind)
    {
        var found = Installed.Catalog.Find(kind)!;

        Assert.Empty(KindChecks.NotDescribed(found));
        Assert.Empty(KindChecks.NotThere(found));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_manifest_has_words_in_both_languages(string kind) =>
        Assert.Empty(KindChecks.InOneLanguageOnly(Installed.Catalog.Find(kind)!));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_manifest_names_the_chapter_of_the_report(string kind) =>
        Assert.NotEqual(ReportManifest.OtherSection, Installed.Catalog.Find(kind)!.Manifest.Report.Section);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_example_of_a_manifest_plans(string kind)
    {
        var example = Installed.Catalog.Find(kind)!.Manifest.Example;

        Assert.NotNull(example);
        Assert.Contains($"uses: {kind}", example, StringComparison.Ordinal);
        Assert.Empty(ManifestExample.Findings(example));
    }
}

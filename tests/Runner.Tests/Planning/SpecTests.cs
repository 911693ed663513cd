using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.TestKit.Stages;

namespace Pipelines.Tests.Runner.Planning;

public sealed class SpecTests
{
    [Fact]
    public void Ports_and_their_sort_come_from_the_records()
    {
        var spec = StageSpec.Of(typeof(TrainFake));

        Assert.Equal(("train/fake", 1, Uses.Seed | Uses.Torch), (spec.Kind, spec.Version, spec.Uses));
        Assert.Equal([("rows", false), ("extra", true)], spec.Inputs.Select(port => (port.Name, port.Optional)));
        Assert.Equal([("model", ArtifactKind.Model), ("metrics", ArtifactKind.Metrics), ("card", ArtifactKind.Card)],
            spec.Outputs.Select(port => (port.Name, port.Artifact)));
    }

    [Fact]
    public void A_list_of_artifacts_gathers_and_a_nullable_one_may_be_absent()
    {
        var inputs = StageSpec.Of(typeof(CompareFake)).Inputs;

        Assert.Equal([("runs", ArtifactKind.Metrics, true, false), ("rows", ArtifactKind.Table, true, true)],
            inputs.Select(port => (port.Name, port.Artifact, port.Many, port.Optional)));
    }

    [Fact]
    public void The_columns_read_are_those_of_the_attribute() =>
        Assert.Equal(["{text}", "label?"], StageSpec.Of(typeof(TokenizeFake)).Inputs.Single().Reads!);

    [Fact]
    public void Defaults_are_those_of_the_constructor()
    {
        var parameters = StageSpec.Of(typeof(LoadFake)).Parameters.ToDictionary(parameter => parameter.Name);

        Assert.Equal(Delimiter.Tab, parameters["inner"].Default);
        Assert.Equal(9_000_000_000, parameters["limit"].Default);
        Assert.True(parameters["train"].Required);
        Assert.False(parameters["test"].Required);
        Assert.True(parameters["label"].Shape.Nullable);
        Assert.False(parameters["text"].Shape.Nullable);
    }

    [Fact]
    public void A_union_has_the_nested_records_as_cases()
    {
        var layers = (ParameterShape.ListOf)StageSpec.Of(typeof(TrainFake)).Parameters.Single(
            parameter => parameter.Name == "layers").Shape;

        Assert.Equal(["average-pool", "dropout", "embedding", "lstm"], ((ParameterShape.UnionOf)layers.Element).Cases.Keys);
    }

    [Fact]
    public void A_parameter_of_another_type_is_refused_by_name()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => StageSpec.Of(typeof(WithDate)));

        Assert.Contains("'Day'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pad", "Pad", "stages/pad.yaml")]
    [InlineData("train/naive-bayes", "TrainNaiveBayes", "stages/train/naive-bayes.yaml")]
    public void A_kind_leads_to_its_class_and_its_manifest(string kind, string name, string manifest)
    {
        Assert.Equal(name, KindName.ClassOf(kind));
        Assert.Equal(manifest, KindName.ManifestOf(kind));
        Assert.Equal(kind, KindName.OfManifest(manifest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Pad")]
    [InlineData("a/b/c")]
    [InlineData("a/")]
    [InlineData("/a")]
    [InlineData("pad, System")]
    [InlineData("../pad")]
    public void Other_texts_are_no_kinds(string text)
    {
        Assert.False(KindName.IsKind(text));
        Assert.Null(new StageCatalog(() => [], _ => null).Find(text));
    }

    [Stage("with/date")]
    private sealed class WithDate : Stage<NoInputs, WithDate.Params, WithDate.Outputs>
    {
        public sealed record Params(DateTime Day);

        public sealed record Outputs(Card Card);

        protected override Task<Outputs> RunAsync(
            NoInputs inputs, Params parameters, StageContext context, CancellationToken cancellation) => throw FakeStages.NotRun;
    }
}

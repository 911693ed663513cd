using Pipelines.Runner.Planning;

namespace Pipelines.Tests.Stages.Contract;

/// <summary>The contract of the runner's own stages; kinds are found, not listed.</summary>
[Collection(nameof(BuiltInSamples))]
public sealed class StageContractTests(BuiltInSamples samples) : StageContract(samples)
{
    public static IEnumerable<string> Kinds => StageSamples.Stages.Keys;

    [Theory]
    [StageKinds]
    public void The_class_is_found_by_its_kind(string kind)
    {
        StageCatalog byName = new(() => StageSamples.Stages.Keys, _ => null);
        var found = byName.Find(kind);
        Assert.True(found is not null,
            $"{StageSamples.Stages[kind]} should be {KindName.TypeOf(kind)}.");
        Assert.Equal(StageSamples.Stages[kind], found.Spec.Implementation);
    }
}

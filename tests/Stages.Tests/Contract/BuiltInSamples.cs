using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Contract;

/// <summary>The samples of the runner's own stages; all contract tests share what they make.</summary>
public sealed class BuiltInSamples() : SampleRuns(Own)
{
    private static readonly string Folder = Golden.FolderOf();

    public static string Home { get; } = Path.GetFullPath(Path.Combine(Folder, "../../.."));

    public static StageSamples Own { get; } = new(
        StageSamples.BuiltIn(Home), [.. StageSamples.Stages.Keys], Path.Combine(Folder, "samples.yaml"));
}

[CollectionDefinition(nameof(BuiltInSamples))]
public sealed class BuiltInSamplesCollection : ICollectionFixture<BuiltInSamples>;

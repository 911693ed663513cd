using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Contract;

/// <summary>An output that changes without its version would be taken from old stores as if nothing had happened.</summary>
[Collection(nameof(BuiltInSamples))]
public sealed class GoldenOutputsTests(BuiltInSamples samples)
{
    private static readonly string Kept = Path.Combine(BuiltInSamples.Own.Folder, "golden-outputs.txt");

    [Fact]
    [Trait(Golden.Writes, Golden.Generated)]
    public async Task Outputs_change_only_with_the_version()
    {
        List<GoldenOutputs> actual = [];
        foreach (var sample in StageSamples.Stages.Keys.Select(BuiltInSamples.Own.Of).Where(sample => !sample.UsesTorch))
            actual.Add(GoldenOutputs.Of(sample, await AskedAsync(sample), await samples.OutputsAsync(sample)));
        if (Golden.IsWriting)
            await File.WriteAllTextAsync(Kept, string.Concat(actual.Select(line => $"{line}\n")));

        var expected = (await File.ReadAllLinesAsync(Kept)).Select(GoldenOutputs.Parse).ToDictionary(line => line.Kind);
        List<string> problems = [.. actual.Select(line => expected.TryGetValue(line.Kind, out var known)
            ? known.ProblemWith(line)
            : $"{line.Kind} is new.").OfType<string>(),
            .. expected.Keys.Except(actual.Select(line => line.Kind)).Select(kind => $"{kind} is gone.")];
        Assert.True(problems.Count == 0, string.Join("\n", [.. problems, $"./regenerate writes {Path.GetFileName(Kept)} anew."]));
    }

    [Theory]
    [InlineData("pad 1 aa rows=1", null)]
    [InlineData("pad 1 aa rows=2", "raise Version")]
    [InlineData("pad 2 bb rows=2", "asked something else")]
    public void The_reason_of_a_change_is_told_apart(string line, string? said)
    {
        var problem = GoldenOutputs.Parse("pad 1 aa rows=1").ProblemWith(GoldenOutputs.Parse(line));
        if (said is null)
            Assert.Null(problem);
        else
            Assert.Contains(said, problem);
    }

    private async Task<ContentHash> AskedAsync(Sample sample) =>
        new Fingerprinter(sample.Plan.Seed, new("", 1, 1, "cpu", KeepGoing: false, Only: null, new HashSet<string>()), new SampleFiles())
            .Of(sample.Stage, await samples.InputsAsync(sample)).Hash;

    private sealed class SampleFiles : IInputFiles
    {
        public string Absolute(string path) => path;

        public bool Exists(string path) => File.Exists(path);

        public bool IsFile(string path) => File.Exists(path);

        public bool IsSpecial(string path) => false;

        // Of a folder, the content of its files in the order of their names.
        public ContentHash? Find(string path) => ContentHash.Of(File.Exists(path) ? File.ReadAllBytes(path)
            : [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .SelectMany(File.ReadAllBytes)]);

        public bool HasChanged(string path) => false;

        public string? Nearest(string path) => null;

        public void Save()
        {
        }
    }
}

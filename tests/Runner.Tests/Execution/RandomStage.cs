using CsCheck;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>A stage of a <see cref="RandomPipeline"/>, as numbers: what CsCheck makes smaller where a test fails.</summary>
/// <param name="From">For each stage that may be before it, its source where it is 0.</param>
/// <param name="File">Which file it adds the number of; null: none.</param>
internal sealed record RandomStage(int[] From, int Add, int Divide, int Extra, int Threads, int? File)
{
    public const int MaxStages = 40;
    private const int MaxSources = 3;

    public static Gen<RandomStage> Any { get; } = Gen.Select(
        Gen.Int[0, 2].Array[MaxStages], Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[1, 8], Gen.Int[-9, 2],
        (from, add, divide, extra, threads, file) => new RandomStage(from, add, divide, extra, threads, file < 0 ? null : file));

    /// <summary>As it is at first: what is not known to matter is the same for all.</summary>
    public static Gen<RandomStage> New { get; } = Any.Select(stage => stage with { Extra = 0, Threads = 1 });

    /// <summary>Numbers of its sources, where it is the stage of this number.</summary>
    public IEnumerable<int> SourcesAt(int number) =>
        From.Take(number).Index().Where(source => source.Item == 0).Select(source => source.Index).Take(MaxSources);

    public override string ToString() =>
        $"from {string.Join(',', SourcesAt(MaxStages))} +{Add} /{Divide} extra {Extra} threads {Threads} file {File}";
}

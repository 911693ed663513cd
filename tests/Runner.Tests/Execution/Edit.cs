using CsCheck;

namespace Pipelines.Tests.Runner.Execution;

internal enum Change
{
    NewStage,
    Divide,
    Extra,
    Sources,
    Content,
    File,
    Threads,
    Add,
}

/// <summary>What is changed at a stage of a <see cref="RandomPipeline"/>.</summary>
/// <param name="With">Where the new value is taken from.</param>
internal sealed record Edit(Change Change, int Target, RandomStage With)
{
    public static Gen<Edit> Any { get; } =
        Gen.Select(Gen.Enum<Change>(), Gen.Int[0, 11], RandomStage.Any, (change, target, with) => new Edit(change, target, with));
}

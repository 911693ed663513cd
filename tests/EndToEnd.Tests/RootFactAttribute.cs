namespace Pipelines.Tests.EndToEnd;

/// <summary>A test that mounts file systems: only root of a Linux may.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = SmallDisk.WhyImpossible;
}

namespace Pipelines.Tests.EndToEnd;

public sealed class CompareTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Two_runs_are_compared_by_parameters()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        Assert.Equal(0, _project.Run("exec", "p.yaml", "-p", "length=3").Code);
        var ids = _project.Files(".pipelines/v1/runs").Where(file => file.EndsWith(".json", StringComparison.Ordinal) && !file.EndsWith(".trace.json", StringComparison.Ordinal) && file.Split('/').Length == 4)
            .OrderBy(file => File.GetLastWriteTimeUtc(Path.Combine(_project.Root, file))).Select(file => Path.GetFileNameWithoutExtension(file)).ToList();

        var result = _project.Run("compare", ids[0]);

        Assert.Equal(0, result.Code);
        Assert.Equal($"{ids[0]} (small) → {ids[1]} (small)\npadded  with.length 4 → 3\n1 stage with differences\n", result.Output);
    }

    [Fact]
    public void A_run_that_is_not_there_is_said()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);

        var result = _project.Run("compare", "blue-whale");

        Assert.Equal(2, result.Code);
        Assert.StartsWith("error: there is no run 'blue-whale'", result.Error, StringComparison.Ordinal);
    }
}

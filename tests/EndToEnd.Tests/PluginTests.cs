using System.Diagnostics;
using Pipelines.TestKit.Contract;

namespace Pipelines.Tests.EndToEnd;

/// <summary>A stage of one's own, from the empty folder to the rerun after an edit, with the SDK as a user has it.</summary>
public sealed class PluginTests : IDisposable
{
    private const string Pipeline = """
        pipeline: own
        plugins: [plugins/my]
        stages:
          rows: { uses: load/csv, with: { train: data/train.csv, text: RawText, label: ICD10 } }
          counts: { uses: my/stage, from: rows, with: { min_words: 4 } }
        """;

    private readonly SmallProject _project = new();

    public PluginTests() => _project.Write("own.yaml", Pipeline);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_stage_of_ones_own_is_made_built_run_and_run_again_after_an_edit()
    {
        var made = _project.Run("init", "--stage", "my/stage");
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Contains("help: dotnet build plugins/my", _project.Run("validate", "own.yaml").Error, StringComparison.Ordinal);

        Dotnet("build", "plugins/my");
        var first = _project.Run("exec", "own.yaml");
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Equal(["counts", "rows"], first.Ran);
        Assert.Contains("texts  48", _project.Run("show", "own.yaml", "counts").Output, StringComparison.Ordinal);
        Assert.Empty(_project.Run("exec", "own.yaml").Ran);

        _project.Edit("plugins/my/MyStage.cs", "kept++", "kept += 2");
        Assert.Contains(
            "has not been built since 'MyStage.cs' was changed", _project.Run("exec", "own.yaml").Error, StringComparison.Ordinal);
        Dotnet("build", "plugins/my");
        var again = _project.Run("exec", "own.yaml");
        Assert.Equal(["counts"], again.Ran);
        Assert.Contains("counts  runs: my/stage: its code changed (plugins/my/bin/", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_stage_keeps_the_contract_of_all_stages()
    {
        Assert.Equal(0, _project.Run("init", "--stage", "sound/out-loud", "--folder", "loud").Code);

        // One test a promise, for the one kind there is.
        var promises = typeof(StageContract).GetMethods().Count(method => method.IsDefined(typeof(TheoryAttribute), inherit: false));
        Assert.Contains($"Failed:     0, Passed:{promises,6}", Dotnet("test", "loud/tests"), StringComparison.Ordinal);
        Assert.Contains(
            "sound/out-loud (version 1)", _project.Run("stages", "sound/out-loud", "--plugin", "loud").Output, StringComparison.Ordinal);
        Assert.Contains("\"sound/out-loud\"", _project.Run("schema", "-o", "-", "--plugin", "loud").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: the runner has the kind 'pad' already", "init", "--stage", "pad")]
    [InlineData("error: 'Loud!' cannot name a stage kind", "init", "--stage", "Loud!")]
    [InlineData("error: 'data' is there already", "init", "--stage", "my/stage", "--folder", "data")]
    public void What_cannot_be_made_is_said(string expected, params string[] arguments)
    {
        var result = _project.Run(arguments);

        Assert.Equal(2, result.Code);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
    }

    /// <summary>What the command printed; it must succeed. No build server stays behind.</summary>
    private string Dotnet(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [.. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = _project.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What 'dotnet test' says to the tests it runs must not reach a build started by them.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["PIPELINES_HOME"] = Runner.Home;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output;
    }
}

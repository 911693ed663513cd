namespace Pipelines.Tests.EndToEnd;

public sealed class ExtendsTests : IDisposable
{
    private readonly SmallProject _project = new();

    public ExtendsTests()
    {
        _project.Write("pipelines/base.yaml", SmallProject.Preparing);
        _project.Write("pipelines/child.yaml", "pipeline: child\nextends: base.yaml\nstages:\n  padded: { with: { length: 6 } }\n");
        _project.Write("other/child.yaml", "pipeline: other\nextends: pipelines/base.yaml\n");
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(".", "pipelines/child.yaml")]
    [InlineData("pipelines", "child.yaml")]
    [InlineData("other", "../pipelines/child.yaml")]
    [InlineData(".", "other/child.yaml")]
    [InlineData("other", "child.yaml")]
    public void The_extended_file_is_found_beside_the_file_or_from_the_root_wherever_the_command_is_run(string folder, string file)
    {
        var result = Runner.Run(Path.Combine(_project.Root, folder), "validate", file);

        Assert.Equal((0, $"{file}: valid, 4 stages\n"), (result.Code, result.Output));
    }

    [Fact]
    public void A_variable_of_the_extended_file_that_is_set_and_not_used_is_named()
    {
        _project.Write("past.yaml", """
            extends: p.yaml
            pipeline: past
            stages: { padded: { with: { length: 3 } } }
            """);
        var quiet = _project.Run("validate", "past.yaml");

        var result = _project.Run("exec", "past.yaml", "-p", "length=9");

        Assert.Equal((0, 0), (quiet.Code, result.Code));
        Assert.DoesNotContain("warning", quiet.Error, StringComparison.Ordinal);
        Assert.Contains("warning: The variable 'length' is not used. [unused-variable]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_is_shown_and_is_no_failure()
    {
        _project.Write("w.yaml", SmallProject.PreparingAs("other").Replace("\"${length}\"", "3", StringComparison.Ordinal));
        var result = _project.Run("validate", "w.yaml");

        Assert.Equal(0, result.Code);
        Assert.Contains(
            "w.yaml:2:21: warning: The variable 'length' is not used. [unused-variable]", result.Error, StringComparison.Ordinal);
    }
}

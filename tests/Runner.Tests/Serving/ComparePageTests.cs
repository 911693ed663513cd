using System.Net;
using Pipelines.Tests.Runner.Reporting;

namespace Pipelines.Tests.Runner.Serving;

[Collection(nameof(ServedProject))]
public sealed class ComparePageTests(ServedProject project)
{
    [Fact]
    public async Task Two_runs_are_compared_the_older_first_however_they_were_chosen()
    {
        var file = Path.Combine(project.Workspace.Root, "served.yaml");
        await ServedProject.ExecAsync(file, "--keep-going", "--set", "stages.weighed.with.c=0.01", "--no-report");
        var other = new Pipelines.Runner.Storage.RunStore(project.Workspace.Root).List()[0];

        var page = await project.PageAsync($"/compare?run={other}&run={project.Run}&lang=en");

        Assert.Equal([project.Run, other], page.Tagged("a", "run-name").Select(link => link.Value));
        Assert.Contains(page.Tagged("tr"), row => row.Value.Contains("with.c", StringComparison.Ordinal)
            && row.Value.Contains("0.01", StringComparison.Ordinal));
        var run = await project.PageAsync($"/runs/{other}");
        Assert.Contains(run.Tagged("a"), link => (string?)link.Attribute("href") == $"/compare?run={project.Run}&run={other}");
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?run={run}", HttpStatusCode.BadRequest)]
    [InlineData("?run={run}&run={run}", HttpStatusCode.BadRequest)]
    [InlineData("?run={run}&run=../x", HttpStatusCode.NotFound)]
    public async Task Anything_but_two_runs_is_refused_in_words(string query, HttpStatusCode status) =>
        await project.PageAsync($"/compare{query.Replace("{run}", project.Run, StringComparison.Ordinal)}", status);
}

using Pipelines.Runner.Serving;

namespace Pipelines.Tests.Runner.Serving;

public sealed class HiddenPathsTests
{
    private readonly HiddenPaths _paths = new(["/srv/a b/project", "/srv/a b/project/tool"]);

    [Theory]
    [InlineData("exec '/srv/a b/project/pipelines/x.yaml'", "exec 'pipelines/x.yaml'")]
    [InlineData("/srv/a b/project/tool/stages", "stages")]
    [InlineData("in /srv/a b/project", "in .")]
    [InlineData("exec /opt/data/rows.csv -p data=/mnt/disk/texts", "exec …/rows.csv -p data=…/texts")]
    [InlineData("could not open \"/opt/data/rows.csv\": no", "could not open \"…/rows.csv\": no")]
    [InlineData("at Stage.Run() in /_/src/Stages/X.cs:line 3", "at Stage.Run() in …/X.cs:line 3")]
    [InlineData("/opt/data/", "…/")]
    [InlineData("1/2, a/b/c, and/or, </p>", "1/2, a/b/c, and/or, </p>")]
    [InlineData("https://example.org/a/b, pipelines/x.yaml:3", "https://example.org/a/b, pipelines/x.yaml:3")]
    public void Of_a_path_only_what_is_in_the_project_is_left(string text, string shown) => Assert.Equal(shown, _paths.In(text));
}

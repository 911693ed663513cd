using Pipelines.TestKit.Hub;

namespace Pipelines.Tests.EndToEnd;

/// <summary>A data set of the hub, from the command line: pinned by the lock file, and findings before anything runs.</summary>
public sealed class HubPinTests : IDisposable
{
    private readonly SmallProject _project = new();
    private readonly HubServer _hub = new("datasets/org/rows");
    private readonly Dictionary<string, string> _variables;

    public HubPinTests()
    {
        _project.Write("hub.yaml", """
            pipeline: hub
            stages:
              rows: { uses: load/hub, with: { dataset: org/rows, train: train.csv, label: label } }
              words: { uses: tokenize/words, from: rows }
            """);
        _hub.Add("train.csv", "text,label\nfracture du bras,S42\nasthme,J45\n");
        _variables = new() { ["HF_ENDPOINT"] = _hub.Endpoint.ToString(), ["HF_HOME"] = HomeAt("one"), ["HF_HUB_DOWNLOAD_TIMEOUT"] = "2" };
    }

    public void Dispose()
    {
        _hub.Dispose();
        _project.Dispose();
    }

    [Fact]
    public void The_lock_file_pins_the_commit_and_a_branch_that_moved_changes_nothing()
    {
        Assert.Equal((0, ""), Coded(Run("exec")));
        Assert.Contains($"\"datasets/org/rows@main\": \"{HubServer.First}\"", _project.Read("hub.lock.json"), StringComparison.Ordinal);
        var before = _project.Read("hub.lock.json");
        // Somebody else, with nothing but the project, after the branch moved: the first commit is asked for, and is still there.
        _variables["HF_HOME"] = HomeAt("two");
        _hub.Requests.Clear();
        Assert.Equal((0, ""), Coded(Run("reproduce")));
        Assert.Contains(_hub.Requests, request => request.Path.EndsWith($"/resolve/{HubServer.First}/train.csv", StringComparison.Ordinal));
        Assert.DoesNotContain(_hub.Requests, request => request.Path.Contains("/revision/main", StringComparison.Ordinal));
        Assert.Equal(before, _project.Read("hub.lock.json"));
        Assert.Empty(Run("exec").Ran);
        // Gone from the hub: said with both, and nothing else is taken in its place.
        _hub.Main = HubServer.Second;
        _variables["HF_HOME"] = HomeAt("three");
        var moved = Run("reproduce");
        Assert.Equal(1, moved.Code);
        Assert.Contains("it has moved, or the repository was rewritten", moved.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_that_nobody_knows_is_found_before_anything_runs()
    {
        _variables["HF_HUB_OFFLINE"] = "1";
        var result = Run("exec");
        Assert.Equal(2, result.Code);
        Assert.Contains("hub.yaml:3:44: error: Nobody knows which commit 'main' of 'org/rows' is: HF_HUB_OFFLINE is set", result.Error,
            StringComparison.Ordinal);
        Assert.Contains($"looked for a pin in hub.lock.json and in {HomeAt("one")}/hub/datasets--org--rows/refs/main", result.Error,
            StringComparison.Ordinal);
        Assert.Contains("[unknown-revision]", result.Error, StringComparison.Ordinal);
        Assert.Empty(_hub.Requests);
        // Checking the file alone asks nobody.
        Assert.Equal(0, Run("validate").Code);
    }

    private string HomeAt(string name) => Path.Combine(_project.Root, name);

    private Result Run(string command) => Runner.Wait(Runner.Start(_project.Root, "", _variables, [command, "hub.yaml"]));

    private static (int, string) Coded(Result result) => (result.Code, result.Error);
}

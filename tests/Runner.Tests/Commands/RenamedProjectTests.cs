using Pipelines.Runner.Commands;
using Pipelines.Runner.Terminal;
using Pipelines.TestKit;

namespace Pipelines.Tests.Runner.Commands;

/// <summary>A folder that is renamed while its pipeline runs.</summary>
public sealed class RenamedProjectTests : IDisposable
{
    private readonly TempWorkspace _workspace = new();

    [Fact]
    public async Task It_is_told_and_what_was_done_is_kept()
    {
        var project = Path.Combine(_workspace.Root, "project");
        var moved = Path.Combine(_workspace.Root, "moved");
        _workspace.Write("project/p.yaml", $$"""
            pipeline: p
            stages:
              rows: { uses: load/csv, with: { file: rows.csv } }
              away:
                from: rows
                run: mv '{{project}}' '{{moved}}' || echo {out.rows}
                outputs: { rows: table }

            """);
        _workspace.Write("project/rows.csv", "text\nun\n");
        Directory.CreateDirectory(Path.Combine(project, ".pipelines"));

        var (code, said) = await ExecAsync(project);

        Assert.Equal(ExitCode.Failed, code);
        Assert.DoesNotContain("internal error", said, StringComparison.Ordinal);
        Assert.Contains("renamed or removed", said, StringComparison.Ordinal);
        (_, said) = await ExecAsync(moved);
        Assert.Contains("reused", said, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private static async Task<(int Code, string Said)> ExecAsync(string project)
    {
        using StringWriter said = new();
        var screen = new Screen(new StringReader(""), said, said, IsInteractive: false, HasColor: false, Width: 120);
        var code = await CommandLine.RunAsync(["exec", Path.Combine(project, "p.yaml"), "--no-report"], screen, CancellationToken.None);
        return (code, said.ToString());
    }
}

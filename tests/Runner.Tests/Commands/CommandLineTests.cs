using Pipelines.Runner.Commands;
using Pipelines.Runner.Terminal;

namespace Pipelines.Tests.Runner.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public async Task What_nobody_foresaw_ends_in_words_with_a_place_to_report_it_and_a_file_with_the_trace()
    {
        using var output = new BrokenWriter();
        using var error = new StringWriter();
        Screen screen = new(new StringReader(""), output, error, IsInteractive: false, HasColor: false, Width: 80);

        Assert.Equal(ExitCode.Failed, await CommandLine.RunAsync(["stages"], screen, CancellationToken.None));

        var lines = error.ToString().Split('\n');
        Assert.Equal("error: internal error: the writer is broken", lines[0]);
        Assert.StartsWith("  help: this is a fault of the runner: please open an issue", lines[1], StringComparison.Ordinal);
        var path = lines[1][(lines[1].LastIndexOf(' ') + 1)..];
        Assert.Contains("BrokenWriter", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException("the writer is broken");
    }
}

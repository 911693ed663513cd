using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;

namespace Pipelines.Runner.Commands;

/// <summary>The files that a run depends on, as they were at one moment.</summary>
internal sealed class WatchedFiles
{
    // Asked about, not listened to: editors replace files, and some file systems tell nobody.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // An editor that writes a new file in place of the old one leaves a moment without any.
    private const int PausesUntilGone = 4;

    private readonly Func<IEnumerable<string>> _paths;
    private readonly Dictionary<string, FileStamp?> _stamps;

    private WatchedFiles(Func<IEnumerable<string>> paths)
    {
        _paths = paths;
        _stamps = paths().Distinct(StringComparer.Ordinal).ToDictionary(path => path, FileStamp.Of, StringComparer.Ordinal);
    }

    public int Count => _stamps.Count;

    /// <param name="pipelineFile">Absolute; all there is to watch where it cannot be planned.</param>
    public static WatchedFiles Of(string pipelineFile) => new(() => [pipelineFile]);

    /// <summary>The pipeline file, those it extends, the input files, and what the report is made from.</summary>
    public static WatchedFiles Of(OpenedPipeline opened) => new(() => opened.Sources
        .Concat(opened.Plan.Stages.SelectMany(stage => stage.Values.Values).Select(value => value.File).OfType<string>()
            .Select(file => Path.GetFullPath(file, opened.ProjectRoot)))
        .Concat(new ReportFiles(opened.ProjectRoot, opened.Installation.Folder).Read(opened.Plan)));

    /// <summary>These, and the files of a pipeline that can no longer be planned: what is wrong may be mended in any of them.</summary>
    public WatchedFiles Again() => new(_paths);

    /// <summary>Waits until one is another than it was and written to its end, is new, or is gone.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> ChangedAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (Changed() is { } changed)
            {
                await SettledAsync(changed, cancellation).ConfigureAwait(false);
                return changed;
            }
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    private string? Changed()
    {
        var paths = _paths().ToHashSet(StringComparer.Ordinal);
        return paths.FirstOrDefault(path => !_stamps.TryGetValue(path, out var stamp) || FileStamp.Of(path) != stamp)
            ?? _stamps.Keys.FirstOrDefault(path => !paths.Contains(path));
    }

    private static async Task SettledAsync(string path, CancellationToken cancellation)
    {
        var (stamp, missing) = (FileStamp.Of(path), 0);
        while (missing < PausesUntilGone)
        {
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            var now = FileStamp.Of(path);
            if (now == stamp && now is not null)
                return;
            missing = now is null ? missing + 1 : 0;
            stamp = now;
        }
    }
}

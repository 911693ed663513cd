using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;

namespace Pipelines.Runner.Commands;

/// <summary>The files that a run depends on, as they were at one moment.</summary>
internal sealed class WatchedFiles
{
    // Asked about, not listened to: editors replace files, and some file systems tell nobody.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<string, FileStamp?> _stamps;

    private WatchedFiles(IEnumerable<string> paths) =>
        _stamps = paths.Distinct(StringComparer.Ordinal).ToDictionary(path => path, FileStamp.Of, StringComparer.Ordinal);

    public int Count => _stamps.Count;

    /// <param name="pipelineFile">Absolute; all there is to watch where it cannot be planned.</param>
    public static WatchedFiles Of(string pipelineFile) => new([pipelineFile]);

    /// <summary>The pipeline file, those it extends, the input files, and what the report is made from.</summary>
    public static WatchedFiles Of(OpenedPipeline opened) => new(opened.Sources
        .Concat(opened.Plan.Stages.SelectMany(stage => stage.Values.Values).Select(value => value.File).OfType<string>()
            .Select(file => Path.GetFullPath(file, opened.ProjectRoot)))
        .Concat(new ReportFiles(opened.ProjectRoot, opened.Installation.Folder).Read(opened.Plan)));

    /// <summary>These, and the files of a pipeline that can no longer be planned: what is wrong may be mended in any of them.</summary>
    public WatchedFiles Again() => new(_stamps.Keys);

    /// <summary>Waits until one is another than it was, and is written to its end.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> ChangedAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_stamps.FirstOrDefault(file => FileStamp.Of(file.Key) != file.Value).Key is { } changed)
                for (var stamp = FileStamp.Of(changed); ;)
                {
                    await Task.Delay(Pause, cancellation).ConfigureAwait(false);
                    // An editor that writes a new file in place of the old one leaves a moment without any.
                    if (FileStamp.Of(changed) is var now && now == stamp && now is not null)
                        return changed;
                    stamp = now;
                }
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }
}

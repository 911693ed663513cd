using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Verification;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary>Plans the pipeline of a report anew and compares; runs nothing and writes nothing.</summary>
/// <param name="plugins">What <c>--plugin</c> and <c>--no-plugins</c> say: a report is not asked which code to load.</param>
internal sealed class ReportVerification(Overrides plugins)
{
    /// <param name="pipelineFile">Null: the one that the report names.</param>
    /// <exception cref="UsageException">The report names no pipeline file, or one that is not there.</exception>
    /// <exception cref="ReportException">The file is no report.</exception>
    public async Task<Verification> OfAsync(string path, string? pipelineFile, CancellationToken cancellation)
    {
        var handed = HandedIn.Read(path);
        var opened = OpenedPipeline.Open(pipelineFile ?? FileOf(handed, path), OverridesOf(handed));
        RunOptions options = new(
            opened.ProjectRoot, 1, 1, "cpu", KeepGoing: false, Only: null, new HashSet<string>(), opened.Installation.Engine);
        var lockFile = PipelineLock.PathFor(Path.Combine(opened.ProjectRoot, opened.Plan.Source.Path));
        options = await opened.WithCommitsAsync(options, lockFile, cancellation).ConfigureAwait(false);
        var preview = Preview.Of(opened.Plan, options, opened.Storage);
        // A run with overrides has no lock file: it is another experiment.
        var locked = opened.Plan.Overrides.IsEmpty ? PipelineLock.Read(lockFile)?.Stages : null;
        StageVerification stages = new(preview,
            (locked ?? new Dictionary<string, PinnedStage>()).ToDictionary(stage => stage.Key, stage => stage.Value.Fingerprint.Hex),
            (locked ?? new Dictionary<string, PinnedStage>()).SelectMany(stage => stage.Value.Metrics.Select(
                metric => KeyValuePair.Create($"{stage.Key}.{metric.Key}", metric.Value))).ToDictionary());
        var (made, whyNot) = MadeAgain(opened, handed.Record, preview);
        return new(stages.Stages(handed), stages.Numbers(handed.Numbers), new FileVerification(handed, made, whyNot).All());
    }

    private Overrides OverridesOf(HandedIn handed) => handed.Record is { } record
        ? new(record.Variables, record.Values) { Plugins = plugins.Plugins, LeavesPluginsOut = plugins.LeavesPluginsOut }
        : plugins;

    // As the report names it, from the current folder or from the root of the project that the current folder or the report belongs to.
    private static string FileOf(HandedIn handed, string path)
    {
        if (handed.Record is not { } record)
            throw new UsageException($"'{path}' does not say which pipeline it is of", "name the file: --pipeline pipelines/….yaml");
        string[] places = [WorkingFolder.Absolute("."), ProjectRoot.OfFolder(WorkingFolder.Absolute(".")),
            ProjectRoot.Of(WorkingFolder.Absolute(path))];
        return places.Select(place => (Folder: place, File: Path.GetFullPath(record.File, place)))
            .FirstOrDefault(place => File.Exists(place.File) && ProjectFolder.Holds(ProjectRoot.OfFolder(place.Folder), place.File)).File
            ?? throw new UsageException($"the report is of {Quoted.Short(record.File)}, which is not here", "run this in its repository");
    }

    /// <summary>What is handed in when the report is made of the results in the store.</summary>
    private static (IReadOnlyDictionary<string, byte[]>? Made, string? WhyNot) MadeAgain(
        OpenedPipeline opened, ReportRecord? record, IReadOnlyList<StagePreview> preview)
    {
        // The page shows the path as it was typed.
        var plan = opened.Plan with { Source = opened.Plan.Source with { Path = record?.File ?? opened.Plan.Source.Path } };
        var root = opened.ProjectRoot;
        if (preview.FirstOrDefault(stage => stage.Forecast is not StageForecast.Reused) is { } missing)
            return (null, $"it cannot be made again, since the store has no result of {missing.Id}");
        var run = RecordOf(plan, preview);
        StoredArtifacts.Check(opened.Storage.Artifacts, Reports.ReadOf(run));
        try
        {
            var report = Reports.Contents(plan, run, root, opened.Installation.Folder, record?.Template ?? "");
            return (HandIn.Files(plan, root, report.Page, report.Written()), null);
        }
        catch (ReportException error)
        {
            return (null, $"it cannot be made again: {error.Message}");
        }
    }

    private static RunRecord RecordOf(Planning.Plan plan, IReadOnlyList<StagePreview> preview)
    {
        var reused = preview.ToDictionary(stage => stage.Id, stage => (StageForecast.Reused)stage.Forecast, StringComparer.Ordinal);
        var outcomes = reused.ToDictionary(stage => stage.Key, stage =>
            (StageOutcome)new StageOutcome.Reused(stage.Value.Fingerprint, stage.Value.Took, stage.Value.Outputs), StringComparer.Ordinal);
        return new("", plan.Pipeline, default, TimeSpan.Zero, new("", "", "", null, "", 1, null, null, ""),
            [.. preview.Select(stage => new StageRun(stage.Id, stage.Kind, outcomes[stage.Id], null))], Expectations.Of(plan, outcomes));
    }
}

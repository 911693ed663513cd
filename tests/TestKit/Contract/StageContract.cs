using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Tables;
using Xunit;

namespace Pipelines.TestKit.Contract;

/// <summary>What every stage kind promises, the runner's and those of plugins.</summary>
public abstract class StageContract(SampleRuns samples)
{
    [Theory]
    [StageKinds]
    public void The_kind_is_described(string kind)
    {
        var found = samples.Samples.Catalog.Find(kind)!;
        Assert.Equal("", DiagnosticFormat.Render([.. found.Diagnostics, .. found.Manifest.ReportFindings]));
        Assert.True(found.Manifest != Manifest.Empty, $"{kind} has no manifest {KindName.ManifestOf(kind)}.");
        Assert.Equal(found.Spec.Inputs.Select(port => port.Name).Order(), found.Manifest.Inputs.Keys.Order());
        Assert.Equal(found.Spec.Outputs.Select(port => port.Name).Order(), found.Manifest.Outputs.Keys.Order());
        Assert.Empty(found.Spec.Parameters.Select(parameter => parameter.Name).Except(found.Manifest.Parameters.Keys));
        Assert.NotEmpty(found.Spec.Outputs);
        Assert.True(found.Spec.Version >= 1);
    }

    [Theory]
    [StageKinds]
    public async Task The_outputs_are_those_declared_and_can_be_read_back(string kind)
    {
        var sample = samples.Samples.Of(kind);
        var outputs = await samples.OutputsAsync(sample);
        Assert.Equal(sample.Stage.Spec.Outputs.Select(port => port.Name).Order(StringComparer.Ordinal),
            outputs.ByPort.Keys.Order(StringComparer.Ordinal));
        foreach (var port in sample.Stage.Spec.Outputs)
        {
            var artifact = outputs[port.Name];
            Assert.Equal(port.Artifact, Enum.Parse<ArtifactKind>(artifact.GetType().Name));
            Assert.Equal(
                artifact.Id, ContentHash.Of(await File.ReadAllBytesAsync(Path.Combine(artifact.Directory, ArtifactWriter.FileName))));
            if (artifact is Table table)
                Assert.Equal(table.Rows, (await StageRun.ReadAsync(table)).Sum(batch => (long)batch.Count));
        }
    }

    /// <summary>
    /// No reader of a report meets a key: the manifest has words for all that is the kind's own, the language files for what kinds share.
    /// </summary>
    [Theory]
    [StageKinds]
    public async Task Everything_it_says_in_a_report_has_words(string kind)
    {
        var sample = samples.Samples.Of(kind);
        CardWords words = new(sample, await samples.InputsAsync(sample), await samples.OutputsAsync(sample));
        foreach (var language in new[] { "en", "fr" })
        {
            var missing = words.Missing(language);
            Assert.True(missing.Count == 0, $"{KindName.ManifestOf(kind)} lacks in '{language}': {string.Join("; ", missing)}.");
        }
    }

    [Theory]
    [StageKinds]
    public async Task The_columns_it_writes_are_those_declared(string kind)
    {
        var sample = samples.Samples.Of(kind);
        var given = (await samples.InputsAsync(sample)).ByPort.Values.SelectMany(port => port).OfType<Table>()
            .SelectMany(table => table.Columns).ToHashSet();
        var outputs = await samples.OutputsAsync(sample);
        foreach (var port in sample.Stage.Spec.Outputs.Where(port => port.Writes is not null))
        {
            var columns = ((Table)outputs[port.Name]).Columns;
            Assert.Empty(port.Writes!.Where(name => !name.EndsWith('?')).Except(columns.Select(column => column.Name)));
            // What is loaded has further columns where a parameter names them.
            if (given.Count > 0)
                Assert.Empty(columns.Where(column => !given.Contains(column)).Select(column => column.Name)
                    .Except(port.Writes!.Select(name => name.TrimEnd('?'))));
        }
    }

    /// <summary>Columns that a stage passes by are put beside its rows, which therefore must be those of the input, in its order.</summary>
    [Theory]
    [StageKinds]
    public async Task Rows_said_to_be_those_of_an_input_are(string kind)
    {
        var sample = samples.Samples.Of(kind);
        foreach (var port in sample.Stage.Spec.Outputs.Where(port => port.SameRowsAs is not null))
        {
            var input = (Table)(await samples.InputsAsync(sample))[port.SameRowsAs!];
            var output = (Table)(await samples.OutputsAsync(sample))[port.Name];
            Assert.Equal(input.Rows, output.Rows);
            Assert.Contains(output.Columns, column => input.Columns.Contains(column));
        }
    }

    /// <summary>Who looks for the model of a pipeline goes by this and loads none to find out.</summary>
    [Theory]
    [StageKinds]
    public async Task A_model_predicts_labels_unless_it_is_said_not_to(string kind)
    {
        var sample = samples.Samples.Of(kind);
        foreach (var port in sample.Stage.Spec.Outputs.Where(port => port.Artifact == ArtifactKind.Model))
            Assert.Equal(port.PredictsLabels, Predictor.CanLoad((Model)(await samples.OutputsAsync(sample))[port.Name]));
    }

    [Theory]
    [StageKinds]
    public async Task The_same_seed_gives_the_same_artifacts(string kind)
    {
        var sample = samples.Samples.Of(kind);
        using StageRun again = new();
        Assert.Equal(
            Ids(await samples.OutputsAsync(sample)), Ids(await SampleRuns.RunAsync(again, sample, await samples.InputsAsync(sample))));
    }

    [Theory]
    [StageKinds]
    public async Task A_stage_cancelled_before_it_starts_completes_nothing(string kind)
    {
        var sample = samples.Samples.Of(kind);
        var inputs = await samples.InputsAsync(sample);
        using StageRun run = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SampleRuns.RunAsync(run, sample, inputs, new CancellationToken(canceled: true)));
        Assert.DoesNotContain(Files(run.Folder), file => Path.GetFileName(file) == ArtifactWriter.FileName);
    }

    [Theory]
    [StageKinds]
    public async Task A_stage_cancelled_on_its_way_ends(string kind)
    {
        var sample = samples.Samples.Of(kind);
        var inputs = await samples.InputsAsync(sample);
        using StageRun run = new();
        using CancellationTokenSource cancelled = new();
        run.Progressed = _ => cancelled.Cancel();
        try
        {
            await SampleRuns.RunAsync(run, sample, inputs, cancelled.Token);
            Assert.False(cancelled.IsCancellationRequested, "It went on after it was cancelled.");
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancelled.IsCancellationRequested);
        }
    }

    [Theory]
    [StageKinds]
    public async Task Nothing_is_written_outside_the_folders_of_the_stage(string kind)
    {
        var sample = samples.Samples.Of(kind);
        var inputs = await samples.InputsAsync(sample);
        using StageRun run = new();
        string[] own = [.. new[] { "artifacts", "scratch", "work" }.Select(
            name => Path.Combine(run.Folder, name) + Path.DirectorySeparatorChar)];
        string[] around = [run.Folder, samples.Samples.Folder, Environment.CurrentDirectory, .. samples.Folders];

        List<string> Outside() => [.. around.SelectMany(Files)
            .Where(file => !own.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => $"{file} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file):O}").Order(StringComparer.Ordinal)];

        var before = Outside();
        await SampleRuns.RunAsync(run, sample, inputs);
        Assert.Equal(before, Outside());
    }

    /// <summary>Tables that truly lack the other columns, should a stage open the files by itself.</summary>
    [Theory]
    [StageKinds]
    public async Task The_columns_declared_suffice(string kind)
    {
        var sample = samples.Samples.Of(kind);
        using StageRun run = new();
        var narrow = await CopiedAsync(run, SampleRuns.Only(sample, await samples.InputsAsync(sample)));
        Assert.Equal(Ids(await samples.OutputsAsync(sample)), Ids(await SampleRuns.RunAsync(run, sample, narrow)));
    }

    [Theory]
    [StageKinds]
    public async Task Optional_columns_may_be_absent(string kind)
    {
        var sample = samples.Samples.Of(kind);
        using StageRun run = new();
        var required = Required(sample, SampleRuns.Only(sample, await samples.InputsAsync(sample)));
        var refused = await Record.ExceptionAsync(() => SampleRuns.RunAsync(run, sample, required));
        // What was asked for may need a column all the same; then it is said to the user.
        Assert.True(refused is null or StageException, $"{refused}");
    }

    private static ArtifactSet Required(Sample sample, ArtifactSet inputs)
    {
        var optional = sample.Stage.Spec.Inputs.SelectMany(port => port.Reads ?? []).Where(name => name.EndsWith('?'))
            .Select(name => name[..^1]).ToHashSet();
        return new(inputs.ByPort.ToDictionary(port => port.Key, IReadOnlyList<Artifact> (port) => [.. port.Value.Select(artifact =>
            artifact is Table table ? table.Only(table.Columns.Select(column => column.Name).Except(optional)) : artifact)]));
    }

    private static async Task<ArtifactSet> CopiedAsync(StageRun run, ArtifactSet inputs)
    {
        Dictionary<string, IReadOnlyList<Artifact>> ports = new(StringComparer.Ordinal);
        foreach (var (port, artifacts) in inputs.ByPort)
        {
            List<Artifact> copies = [];
            foreach (var artifact in artifacts)
                copies.Add(artifact is Table table
                    ? await run.Write.TableAsync(table.Encoding, table.ReadAsync(CancellationToken.None), CancellationToken.None)
                    : artifact);
            ports[port] = copies;
        }
        return new(ports);
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    private static List<string> Ids(ArtifactSet outputs) =>
        [.. outputs.ByPort.OrderBy(port => port.Key, StringComparer.Ordinal).Select(port => $"{port.Key} {port.Value[0].Id.Hex}")];
}

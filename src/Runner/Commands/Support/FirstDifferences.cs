using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Commands;

/// <summary>The tables a lock file promises, as far as the store still has them, and where those of a new run first differ.</summary>
internal sealed class FirstDifferences
{
    private const int MaxValueLength = 60;

    private readonly Dictionary<string, ArtifactSet> _promised = new(StringComparer.Ordinal);

    public FirstDifferences(PipelineLock expected, IArtifactStore store)
    {
        foreach (var (id, stage) in expected.Stages)
            if (store.Find(stage.Fingerprint).Action is { } action)
                _promised.Add(id, action.Outputs);
    }

    /// <summary>By stage: the first column and row that differ.</summary>
    public async Task<IReadOnlyDictionary<string, string>> InAsync(
        RunRecord run, IReadOnlyList<ReproducedStage> stages, CancellationToken cancellation)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (var id in stages.Where(stage => stage is { Verdict: not ReproductionVerdict.Identical, IsMissing: false })
            .Select(stage => stage.Id))
            if (_promised.GetValueOrDefault(id) is { } promised && run.Stages.First(stage => stage.Id == id).Outcome.Results is { } actual
                && await OfAsync(promised, actual, cancellation).ConfigureAwait(false) is { } text)
                found.Add(id, text);
        return found;
    }

    private static async Task<string?> OfAsync(ArtifactSet promised, ArtifactSet actual, CancellationToken cancellation)
    {
        foreach (var (port, artifacts) in promised.ByPort)
            if (artifacts is [Table old] && actual.ByPort.GetValueOrDefault(port) is [Table now])
            {
                string[] columns = [.. old.Columns.Where(
                    column => now.Find(column.Name) is { } other && other.Type == column.Type && other.Hash != column.Hash)
                    .Select(column => column.Name)];
                if (columns.Length > 0
                    && await TableDifference.FirstAsync(old, now, columns, cancellation).ConfigureAwait(false) is { } first)
                    return $"first at {port}.{first.Column}, row {Format.Count(first.Row)}: {Value(first.Old)} → {Value(first.New)}";
            }
        return null;
    }

    private static string Value(string? text) => text is null ? "no such row" : Format.Cut(Format.OneLine(text), MaxValueLength);
}

using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary>A run by its id, or by a part of it that no other run has.</summary>
internal static class RunByName
{
    /// <param name="text">Null: the latest.</param>
    /// <param name="help">Where no id is near.</param>
    /// <exception cref="UsageException">There is no such run, or more than one.</exception>
    public static RunRecord Find(RunStore runs, string? text, string help = "see: ./runner runs")
    {
        var ids = runs.List();
        var found = text is null ? ids.Take(1).ToList() : ids.Contains(text)
            ? [text]
            : ids.Where(id => id.Contains(text, StringComparison.Ordinal)).ToList();
        return found switch
        {
            [var id] when runs.Find(id) is { } run => run,
            [_, _, ..] =>
                throw new UsageException($"'{text}' is part of the names of several runs", $"runs: {string.Join(", ", found.Take(5))}"),
            _ => throw new UsageException(text is null ? "there are no runs yet" : $"there is no run '{text}'",
                text is null ? null : Nearest.Help(text, ids, "runs") ?? help),
        };
    }
}

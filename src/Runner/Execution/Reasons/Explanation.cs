using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Why a stage runs, compared with its last result; read from the same fingerprint that decided it.</summary>
internal sealed class Explanation(Func<IReadOnlyDictionary<string, LastResult>> readLast)
{
    private const int MaxLines = 12;
    private const string From = "from.";

    private readonly Lazy<IReadOnlyDictionary<string, LastResult>> _last = new(readLast);
    private readonly Dictionary<StageNode, string?> _causes = [];

    /// <summary>Fingerprints that these stages had last, and most likely have now.</summary>
    public IReadOnlyCollection<ContentHash> LastOf(IReadOnlyCollection<StageNode> nodes)
    {
        var hashes = new HashSet<ContentHash>(nodes.Count);
        foreach (var node in nodes)
            if (_last.Value.TryGetValue(node.Id, out var last))
                hashes.Add(last.Hash);
        return hashes;
    }

    public StageCost? Expected(StageNode node) => _last.Value.GetValueOrDefault(node.Id)?.Cost;

    /// <summary>The fingerprint it had last, or null.</summary>
    public ContentHash? LastOf(StageNode node) => _last.Value.GetValueOrDefault(node.Id)?.Hash;

    public IReadOnlyList<string> WhyItRuns(StageNode node, string? miss, bool forced)
    {
        if (node.Damage is { } damage)
            return [$"its result was damaged: {damage}"];
        if (_last.Value.GetValueOrDefault(node.Id) is not { } last)
            return [forced ? "forced" : miss ?? StoredResult.NeverRan];
        var lines = Lines(node, node.Fingerprint!.ChangesSince(last.Fingerprint));
        if (forced)
            return ["forced", .. lines];
        return lines.Count > 0 ? lines : [miss is null or StoredResult.NeverRan ? "its result is no longer in the store" : miss];
    }

    /// <summary>What changed in the stage itself: all that is known before its inputs are.</summary>
    public IReadOnlyList<string> WhatItselfChanged(StageNode node, Fingerprint? own) =>
        own is null || _last.Value.GetValueOrDefault(node.Id) is not { } last
        ? []
        : Lines(node, [.. own.ChangesSince(last.Fingerprint).Where(change => !IsFrom(change))]);

    /// <param name="run">The run that made the result.</param>
    public IReadOnlyList<string> WhyItIsKept(StageNode node, string run)
    {
        if (_last.Value.GetValueOrDefault(node.Id) is { } last && last.Hash != node.Fingerprint!.Hash)
            return [$"same as in run {run}"];
        return node.Producers.Exists(producer => producer.Outcome is StageOutcome.Ran) ? ["kept: upstream ran again, same content"] : [];
    }

    private List<string> Lines(StageNode node, IReadOnlyList<FingerprintChange> changes)
    {
        var own = ReasonFormat.Of(node.Stage, [.. changes.Where(change => !IsFrom(change))]);
        var inputs = changes.Where(IsFrom).GroupBy(PortOf).Select(port => Input(node, port.Key, [.. port]));
        var lines = own.Concat(inputs).ToList();
        return lines.Count <= MaxLines
            ? lines
            : [.. lines.Take(MaxLines), string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - MaxLines} more")];
    }

    private string Input(StageNode node, string port, IReadOnlyList<FingerprintChange> changes)
    {
        var parts = changes.Select(change => change.Name.Length > port.Length ? change.Name[(port.Length + 1)..] : "")
            .Where(part => part.Length > 0).ToList();
        var what = parts.Count switch
        {
            0 => $"{port} changed",
            1 when parts[0].StartsWith('@') => $"{port}: its {parts[0][1..]} changed",
            1 => $"{port}.{parts[0]} {ReasonFormat.Verb(changes[0])}",
            _ => $"{port}: {Quoted.List(parts.Select(part => part.TrimStart('@')))} changed",
        };
        var sources = node.Stage.Inputs.GetValueOrDefault(port[From.Length..]) ?? [];
        var cause = node.Producers.Where(producer => sources.Any(source => source.StageId == producer.Id)).Select(CauseOf)
            .FirstOrDefault(found => found is not null);
        return cause is null ? what : $"{what} ({cause})";
    }

    /// <summary>The first change upstream, in the pipeline file or on disk, that changed what a stage gives.</summary>
    private string? CauseOf(StageNode node)
    {
        if (_causes.TryGetValue(node, out var known))
            return known;
        var changes = node.Fingerprint is null || _last.Value.GetValueOrDefault(node.Id) is not { } last
            ? []
            : node.Fingerprint.ChangesSince(last.Fingerprint);
        var cause = changes.FirstOrDefault(change => !IsFrom(change)) is { } own
            ? StageFiles.Find(node.Stage, own.Name) is { } file ? $"content of {file}" : $"{own.Name} of {node.Id}"
            : node.Producers.Select(CauseOf).FirstOrDefault(found => found is not null);
        return _causes[node] = cause;
    }

    private static bool IsFrom(FingerprintChange change) => change.Name.StartsWith(From, StringComparison.Ordinal);

    private static string PortOf(FingerprintChange change)
    {
        var end = change.Name.IndexOf('.', From.Length);
        return end < 0 ? change.Name : change.Name[..end];
    }
}

using System.Globalization;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Verification;

/// <summary>The stages and numbers of a report beside what a new plan, the store and the lock file give.</summary>
/// <param name="preview">Of a new plan of the pipeline file, with the results in the store.</param>
/// <param name="lockedStages">Fingerprints of the lock file; empty where there is none for this run.</param>
/// <param name="lockedNumbers">Its metrics, by <c>stage.metric</c>.</param>
internal sealed class StageVerification(
    IReadOnlyList<StagePreview> preview, IReadOnlyDictionary<string, string> lockedStages,
    IReadOnlyDictionary<string, double> lockedNumbers)
{
    private readonly Dictionary<string, StageForecast> _planned = preview.ToDictionary(
        stage => stage.Id, stage => stage.Forecast, StringComparer.Ordinal);

    private readonly Dictionary<string, double> _stored = preview.SelectMany(NumbersOf).ToDictionary(StringComparer.Ordinal);

    public IReadOnlyList<Verified> Stages(HandedIn handed)
    {
        var stated = handed.Record?.Stages ?? handed.ListedStages;
        var missing = preview.Where(stage => !stated.ContainsKey(stage.Id)).Select(stage =>
            new Verified(stage.Id, Confirmation.Different, "the report does not tell of it"));
        return [.. stated.OrderBy(stage => stage.Key, StringComparer.Ordinal).Select(stage =>
                handed.ListedStages.TryGetValue(stage.Key, out var listed) && listed != stage.Value
                    ? new(stage.Key, Confirmation.Different, $"the report and {HandIn.Manifest} have different fingerprints of it")
                    : Of(stage.Key, stage.Value)),
            .. missing];
    }

    /// <param name="stated">By <c>stage.metric</c>.</param>
    public IReadOnlyList<Verified> Numbers(IReadOnlyDictionary<string, double> stated) =>
        [.. stated.OrderBy(number => number.Key, StringComparer.Ordinal).Select(number => NumberOf(number.Key, number.Value))];

    private Verified Of(string id, string? stated)
    {
        if (!_planned.TryGetValue(id, out var forecast))
            return new(id, Confirmation.Different, "the pipeline has no such stage");
        if (stated is null)
            return new(id, Confirmation.Unknown, "it had no result in this run");
        var locked = lockedStages.GetValueOrDefault(id);
        var (derived, note) = Derived(forecast);
        return derived is null
            ? locked is null ? new(id, Confirmation.Unknown, $"{note}, and no lock file has it")
                : locked == stated ? new(id, Confirmation.Locked, note)
                : new(id, Confirmation.Different, $"the lock file has the fingerprint {Short(locked)}, the report {Short(stated)}; {note}")
            : derived != stated
                ? new(id, Confirmation.Different, $"the repository gives the fingerprint {Short(derived)}, the report has {Short(stated)}"
                    + (note is null ? "" : $": {note}"))
            : locked is not null && locked != stated
                ? new(id, Confirmation.Different, $"the repository gives the fingerprint, the lock file has {Short(locked)}")
            : new(id, Confirmation.Confirmed, note);
    }

    // A plan of another revision runs what changed: its reasons say what.
    private static (string? Fingerprint, string? Note) Derived(StageForecast forecast) => forecast switch
    {
        StageForecast.Reused reused => (reused.Fingerprint.Hex, null),
        StageForecast.Shared shared => (shared.Fingerprint.Hex, null),
        StageForecast.WillRun run => (run.Fingerprint.Hex, string.Join(", ", run.Why)),
        StageForecast.DependsOnUpstream upstream => (null, $"not derived without results of {string.Join(", ", upstream.On)}"),
        StageForecast.WillFail failed => (null, $"not derived: {failed.Message}"),
        StageForecast.Stale stale => (null, $"not derived without results of {stale.BecauseOf}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Verified NumberOf(string name, double stated)
    {
        var isStored = _stored.TryGetValue(name, out var stored);
        var isLocked = lockedNumbers.TryGetValue(name, out var locked);
        var confirmation = (isStored && !stored.Equals(stated)) || (isLocked && !locked.Equals(stated)) ? Confirmation.Different
            : isStored ? Confirmation.Confirmed : isLocked ? Confirmation.Locked : Confirmation.Unknown;
        var why = confirmation switch
        {
            Confirmation.Different when isStored && !stored.Equals(stated) => $"the report says {Text(stated)}, the store {Text(stored)}",
            Confirmation.Different => $"the report says {Text(stated)}, the lock file {Text(locked)}",
            Confirmation.Unknown => "neither the store nor a lock file has it",
            Confirmation.Confirmed or Confirmation.Locked => null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new(name, confirmation, why) { Stated = stated };
    }

    private static IEnumerable<KeyValuePair<string, double>> NumbersOf(StagePreview stage) =>
        ((stage.Forecast as StageForecast.Reused)?.Outputs.ByPort.Values ?? []).SelectMany(port => port).OfType<Metrics>()
            .SelectMany(metrics => metrics.Values).DistinctBy(metric => metric.Key)
            .Select(metric => KeyValuePair.Create($"{stage.Id}.{metric.Key}", metric.Value));

    private static string Short(string hex) => hex[..Math.Min(hex.Length, 12)];

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

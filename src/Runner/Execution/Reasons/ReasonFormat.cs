using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>A change of what a stage itself is, in words: name, old → new, and where the new value is written.</summary>
internal static class ReasonFormat
{
    private const int MaxValueLength = 60;

    /// <summary>One line a change; the parameters of a case that came or went are told with the case.</summary>
    public static IEnumerable<string> Of(PlannedStage stage, IReadOnlyList<FingerprintChange> changes)
    {
        string[] cases = [.. changes.SelectMany(
            change => new[] { change.Old, change.New }.OfType<string>().Select(name => $"{change.Name}.{name}."))];
        foreach (var change in changes)
            if (!cases.Any(prefix => change.Name.StartsWith(prefix, StringComparison.Ordinal)))
                yield return Of(stage, change, changes);
    }

    public static string Verb(FingerprintChange change) => change.Old is null ? "is new" : change.New is null ? "is gone" : "changed";

    private static string Of(PlannedStage stage, FingerprintChange change, IReadOnlyList<FingerprintChange> changes)
    {
        var name = change.Name == "with.run" ? "run" : change.Name;
        var what = name switch
        {
            "kind" => $"uses {change.Old} → {change.New}",
            "code" when stage.Plugin is { } plugin => $"{stage.Spec.Kind}: its code changed ({plugin.Path})",
            "version" => $"version of {stage.Spec.Kind} {change.Old} → {change.New}",
            _ when change.Name.StartsWith("env.", StringComparison.Ordinal) =>
                $"the environment variable {change.Name[4..]} {Verb(change)}",
            _ when StageFiles.Find(stage, change.Name) is { } file => change.Name.StartsWith("with.", StringComparison.Ordinal)
                ? $"{change.Name} changed (content of {file})"
                // It may lie there all the same: nothing names it now.
                : $"the file {file} {(change.New is null ? "is no longer read" : Verb(change))}",
            _ => (change.Old, change.New) switch
            {
                (null, { } now) => $"{name} is new: {Now(stage, change.Name, now, changes)}",
                ({ } before, null) => $"{name} is gone: {Short(before)}",
                _ => $"{name} {Short(change.Old!)} → {Now(stage, change.Name, change.New!, changes)}",
            },
        };
        // A removed value has no place, and another item may stand where it was: point at what it was part of.
        var isGone = change.New is null && change.Name.StartsWith("with.", StringComparison.Ordinal);
        var place = PlaceOf(stage, isGone ? change.Name[..change.Name.LastIndexOf('.')] : change.Name);
        return place is null ? what : $"{what} ({place})";
    }

    /// <summary>The value, with the parameters that are written for it when it is a case: <c>conv1d { filters: 8 }</c>.</summary>
    private static string Now(PlannedStage stage, string name, string value, IReadOnlyList<FingerprintChange> changes)
    {
        var before = $"{name}.{value}.";
        var written = changes.Where(change => change.New is not null && change.Name.StartsWith(before, StringComparison.Ordinal)
            && stage.WrittenAt(change.Name) is not null)
            .Select(change => $"{change.Name[before.Length..]}: {change.New}").ToList();
        var text = Short(written.Count == 0 ? value : $"{value} {{ {string.Join(", ", written)} }}");
        return name.StartsWith("with.", StringComparison.Ordinal) && stage.WrittenAt(name) is null ? $"{text}, the default" : text;
    }

    /// <summary>Where the value is written, and where it is used when a variable is between.</summary>
    private static string? PlaceOf(PlannedStage stage, string reason)
    {
        var name = reason switch
        {
            "kind" => "uses",
            _ when reason.StartsWith("file.", StringComparison.Ordinal) => "with.run",
            _ when reason.StartsWith("env.", StringComparison.Ordinal) => "with.env",
            _ => reason,
        };
        if (stage.FindPlace(name) is not (var at, var set))
            return name == "uses" ? stage.At.ToString() : null;
        return set is null
            ? at.ToString()
            : $"{set}, used at {(ReferenceEquals(set.File, at.File) ? $"{at.Line}:{at.Column}" : at.ToString())}";
    }

    private static string Short(string text) => text.Length > MaxValueLength ? text[..(MaxValueLength - 1)] + "…" : text;
}

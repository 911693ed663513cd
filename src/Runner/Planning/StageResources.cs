using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>What a stage asks a cluster for, from <c>resources</c>; null: nothing is said.</summary>
/// <param name="Memory">In bytes.</param>
/// <param name="Time">How long the job may take.</param>
public sealed record StageResources(int? Cpus, long? Memory, int? Gpus, TimeSpan? Time)
{
    private const int MaxCount = 4096;

    private static readonly string[] Keys = ["cpus", "memory", "gpus", "time"];

    public static StageResources None { get; } = new(null, null, null, null);

    /// <summary>With what another one says where this says nothing.</summary>
    public StageResources Or(StageResources other) =>
        new(Cpus ?? other.Cpus, Memory ?? other.Memory, Gpus ?? other.Gpus, Time ?? other.Time);

    /// <summary><c>4 cpus, 8 GB, 1 gpu, 2h</c>; nothing where nothing is said.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Counted(Cpus, "cpu"), Memory is { } bytes ? ByteSizeSyntax.Of(bytes) : null, Counted(Gpus, "gpu"),
        Time is { } time ? DurationSyntax.Of(time) : null,
    }.OfType<string>());

    /// <summary>Where each thing is asked for: <c>resources</c>, <c>resources.memory</c>.</summary>
    internal static void AddPlaces(YamlNode node, IDictionary<string, Place> places)
    {
        places["resources"] = Place.Of(node);
        foreach (var entry in (node as YamlMap)?.Entries ?? [])
            places[$"resources.{entry.Key.Text}"] = Place.Of(entry.Value);
    }

    internal static StageResources Read(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is null)
            return None;
        if (node is not YamlMap map)
        {
            diagnostics.Add(Diagnostics.NoMap(node, "'resources'"));
            return None;
        }
        foreach (var entry in map.Entries.Where(entry => !Keys.Contains(entry.Key.Text)))
            diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "'resources'", Keys));
        return new(Count("cpus", min: 1), Memory(), Count("gpus", min: 0), Time());

        int? Count(string key, int min)
        {
            if (map.Find(key)?.Value is not { } value)
                return null;
            if (value is YamlScalar { IsPlain: true } scalar && CoreSchema.TryWholeNumber(scalar.Text, out var count)
                && count >= min && count <= MaxCount)
                return (int)count;
            diagnostics.Add(Diagnostics.BadResource(value, key, $"a whole number from {min} to {MaxCount}", min == 1 ? "4" : "1"));
            return null;
        }

        long? Memory()
        {
            if (map.Find("memory")?.Value is not { } value)
                return null;
            if (value is YamlScalar scalar && ByteSizeSyntax.TryParse(scalar.Text, out var bytes) && bytes >= 1_000_000)
                return bytes;
            diagnostics.Add(Diagnostics.BadResource(value, "memory", "a size of at least 1 MB", "8GB"));
            return null;
        }

        TimeSpan? Time()
        {
            if (map.Find("time")?.Value is not { } value)
                return null;
            if (value is YamlScalar scalar && DurationSyntax.TryParse(scalar.Text, out var time) && time >= TimeSpan.FromSeconds(1))
                return time;
            diagnostics.Add(Diagnostics.BadResource(value, "time", "a length of time from a second to 30 days", "2h"));
            return null;
        }
    }

    private static string? Counted(int? count, string word) =>
        count is { } some ? FormattableString.Invariant($"{some} {word}{(some == 1 ? "" : "s")}") : null;
}

using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Cluster;

/// <summary>How jobs of this project go to a cluster: one entry of <c>profiles.yaml</c> beside the pipelines.</summary>
/// <param name="Limit">How many jobs of an array run side by side; null: as many as Slurm lets.</param>
public sealed record ClusterProfile(string Name, string? Partition = null, string? Account = null, int? Limit = null)
{
    public const string FileName = "profiles.yaml";

    /// <summary>The profile that is there without a file.</summary>
    public const string Default = "slurm";

    private static readonly string[] Keys = ["partition", "account", "limit", "modules", "options", "defaults", "poll"];

    /// <summary>Loaded before the runner.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Handed to <c>sbatch</c> as they are.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Between two questions to Slurm.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What a stage asks for that says nothing.</summary>
    public StageResources Defaults { get; init; } = StageResources.None;

    /// <summary>Where the partition is written; null: nowhere.</summary>
    public SourceSpan? PartitionAt { get; init; }

    /// <param name="file">Null: there is none.</param>
    /// <param name="at">What a finding about the name is shown at.</param>
    public static Checked<ClusterProfile> Read(string name, SourceFile? file, SourceSpan at)
    {
        List<Diagnostic> findings = [];
        var content = file is null ? null : YamlReader.Read(file, findings);
        if (content is not (null or YamlMap))
            findings.Add(Diagnostics.NoMap(content, $"'{FileName}'"));
        var profiles = (content as YamlMap)?.Entries ?? [];
        var found = profiles.FirstOrDefault(entry => entry.Key.Text == name);
        if (found is null && findings.Count == 0)
            return name == Default ? new(new ClusterProfile(name), []) : new(null, [new("unknown-profile", Severity.Error,
                $"there is no profile '{name}'", at,
                profiles.Count == 0 ? $"describe it in {FileName} beside the pipeline, or use '--on {Default}'"
                    : Nearest.Help(name, [Default, .. profiles.Select(entry => entry.Key.Text)], "profiles"))]);
        if (found is null)
            return new(null, findings);
        if (found.Value is not YamlMap map)
            return new(null, [.. findings, Diagnostics.NoMap(found.Value, $"The profile '{name}'")]);
        return Read(name, map, findings);
    }

    private static Checked<ClusterProfile> Read(string name, YamlMap map, List<Diagnostic> findings)
    {
        findings.AddRange(map.Entries.Where(entry => !Keys.Contains(entry.Key.Text))
            .Select(entry => Diagnostics.UnknownKey(entry.Key, "A profile", Keys)));
        var limit = map.Find("limit")?.Value;
        var isLimit = CoreSchema.TryWholeNumber((limit as YamlScalar)?.Text ?? "1", out var many) && many is >= 1 and <= int.MaxValue;
        if (!isLimit || limit is not (null or YamlScalar))
            findings.Add(new("bad-limit", Severity.Error, $"'limit' is a whole number of at least 1, but this is {limit!.Described}.",
                limit.At));
        var poll = TimeSpan.FromSeconds(5);
        if (map.Find("poll")?.Value is { } pause && !(pause is YamlScalar text && DurationSyntax.TryParse(text.Text, out poll)))
            findings.Add(new("bad-poll", Severity.Error, $"'poll' is a length of time, but this is {pause.Described}.", pause.At,
                "e.g. 10s"));
        ClusterProfile profile = new(name, Text("partition"), Text("account"), limit is null ? null : (int)many)
        {
            Modules = Texts("modules"),
            Options = Texts("options"),
            Defaults = StageResources.Read(map.Find("defaults")?.Value, findings),
            Poll = poll,
            PartitionAt = map.Find("partition")?.Value.At,
        };
        return new(findings.Count == 0 ? profile : null, findings);

        string? Text(string key) => Texts(key) is [var one, ..] ? one : null;

        IReadOnlyList<string> Texts(string key)
        {
            var value = map.Find(key)?.Value;
            var all = value is YamlList list ? list.Items : value is null ? [] : [value];
            foreach (var wrong in all.Where(item => item is not YamlScalar { IsNull: false }))
                findings.Add(Diagnostics.NoText(wrong, $"'{key}'"));
            return [.. all.OfType<YamlScalar>().Select(item => item.Text)];
        }
    }
}

using System.Globalization;
using System.Text;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Execution;

/// <summary>Gathers the reasons of a stage's result; the run, the dry run and <c>plan --why</c> all use this one.</summary>
public sealed class Fingerprinter(ulong seed, RunOptions options, IInputFiles files)
{
    private const int UsualReasons = 16;

    /// <param name="inputs">As the producers gave them, with all their columns.</param>
    /// <exception cref="FileNotFoundException">An input file is gone.</exception>
    public Fingerprint Of(PlannedStage stage, ArtifactSet inputs)
    {
        var reasons = OwnReasons(stage);
        foreach (var port in stage.Spec.Inputs)
            AddPort(reasons, port, stage, inputs.ByPort.GetValueOrDefault(port.Name) ?? []);
        return Fingerprint.Of(reasons);
    }

    /// <summary>All but the inputs: what is known before anything upstream has run.</summary>
    public List<KeyValuePair<string, string>> OwnReasons(PlannedStage stage)
    {
        List<KeyValuePair<string, string>> reasons = new(UsualReasons)
        {
            new("kind", stage.Spec.Kind),
            new("version", stage.Spec.Version.ToString(CultureInfo.InvariantCulture)),
        };
        if (stage.Plugin is { } plugin)
            reasons.Add(new("code", plugin.Hash.Hex));
        foreach (var (name, value) in stage.Values)
            if (value.InFingerprint)
                reasons.Add(new($"with.{name}", value.File is null ? value.Text : Content(value.File)));
        foreach (var word in StageFiles.MentionedBy(stage, files))
            reasons.Add(new(StageFiles.ReasonOf(word), Content(word)));
        if (stage.Parameters is RunCommand.Params { Env: { } names })
            foreach (var name in names)
                reasons.Add(new($"env.{name}", Variable(name)));
        if (stage.SecretVariable is { } secret)
            reasons.Add(new($"env.{secret}", options.Variable(secret) is null ? "not set" : "set"));
        if (stage.Repository is { } repository)
            reasons.Add(new("hub.commit", options.Commits.GetValueOrDefault(repository.Source) ?? ""));
        if (stage.Spec.Uses.HasFlag(Uses.Seed))
            reasons.Add(new("seed", (stage.Seed ?? seed).ToString(CultureInfo.InvariantCulture)));
        if (stage.Spec.Uses.HasFlag(Uses.Torch))
            reasons.AddRange([new("device", options.Device), new("engine", options.Engine ?? "")]);
        return reasons;
    }

    private static void AddPort(
        List<KeyValuePair<string, string>> reasons, InputPort port, PlannedStage stage, IReadOnlyList<Artifact> artifacts)
    {
        for (var i = 0; i < artifacts.Count; i++)
        {
            var name = port.Many ? string.Create(CultureInfo.InvariantCulture, $"from.{port.Name}.{i}") : $"from.{port.Name}";
            if (artifacts[i] is Table table)
                AddTable(reasons, name, table, ReadColumns.Of(port, stage.Values));
            else
                reasons.Add(new(name, artifacts[i].Id.Hex));
        }
    }

    private static void AddTable(List<KeyValuePair<string, string>> reasons, string name, Table table, ReadColumns reads)
    {
        var before = reasons.Count;
        foreach (var column in reads.ColumnsOf(table))
            reasons.Add(new($"{name}.{column.Name}", $"{column.Type} {column.Hash.Hex}"));
        if (reasons.Count == before)
            reasons.Add(new($"{name}.@rows", table.Rows.ToString(CultureInfo.InvariantCulture)));
        reasons.Add(new($"{name}.@encoding", table.EncodingHash.Hex));
        if (reads.All)
            reasons.Add(new($"{name}.@columns", string.Join(", ", table.Columns.Select(column => column.Name))));
    }

    // Hashed, since it may be a secret and fingerprints are kept.
    private string Variable(string name) =>
        options.Variable(name) is { } value ? ContentHash.Of(Encoding.UTF8.GetBytes(value)).Short : "not set";

    private string Content(string path) => files.Find(path)?.Hex ?? throw new FileNotFoundException($"there is no file '{path}'", path);
}

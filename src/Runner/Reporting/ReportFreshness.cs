using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting;

/// <summary>A hash over all that a report is made of, kept beside the runs: while it is the same, the report need not be written
/// again.</summary>
internal static class ReportFreshness
{
    public static string Key(Plan plan, RunRecord run, ReportFiles files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Another build may write the same data differently.
        Add(hash, typeof(ReportFreshness).Module.ModuleVersionId.ToString());
        Add(hash, plan.ResolvedYaml);
        Add(hash, string.Join(' ', plan.Overrides.Words));
        foreach (var stage in run.Stages)
            Add(hash, $"{stage.Id} {Outcome(stage.Outcome)}");
        foreach (var stage in plan.Stages.DistinctBy(stage => stage.Spec.Kind, StringComparer.Ordinal)
            .OrderBy(stage => stage.Spec.Kind, StringComparer.Ordinal))
            Add(hash, stage.Manifest.Text);
        foreach (var path in files.Read(plan).Order(StringComparer.Ordinal))
        {
            Add(hash, Path.GetFileName(path));
            hash.AppendData(FileStamp.IsFile(path) ? SHA256.HashData(File.ReadAllBytes(path)) : []);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static bool IsFresh(string reportPath, string keyPath, string key) =>
        File.Exists(reportPath) && FileStamp.IsFile(keyPath) && File.ReadAllText(keyPath) == key;

    // Ran or reused is the same result.
    private static string Outcome(StageOutcome outcome) => outcome switch
    {
        StageOutcome.Ran ran => ran.Fingerprint.Hex,
        StageOutcome.Reused reused => reused.Fingerprint.Hex,
        StageOutcome.Stale stale => $"stale {stale.BecauseOf} {stale.Last?.Fingerprint.Hex}",
        StageOutcome.Failed failed => "failed " + failed.Message,
        StageOutcome.Skipped or StageOutcome.Interrupted => outcome.GetType().Name,
        _ => throw new UnreachableException(),
    };

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}

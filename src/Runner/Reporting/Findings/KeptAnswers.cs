using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Which rows the model of a report had right, kept so that a pipeline that extends this one can be compared with it.</summary>
/// <param name="Rows">A hash of text and label, row by row.</param>
internal sealed record KeptAnswers(string Split, IReadOnlyList<string> Rows, IReadOnlyList<bool> IsRight)
{
    private const int HashBytes = 8;

    public static KeptAnswers Of(FindingData data) =>
        new(data.Split, [.. data.Answers.Select(HashOf)], [.. data.Answers.Select(answer => answer.IsRight)]);

    public string ToJson() => JsonSerializer.Serialize(this, Json.Plain);

    /// <summary>Null where nothing was kept, or another version of the runner kept it otherwise.</summary>
    public static KeptAnswers? Read(string path)
    {
        if (!FileStamp.IsFile(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<KeptAnswers>(File.ReadAllBytes(path), Json.Plain);
        }
        catch (JsonException)
        {
            // Only a comparison is lost, and the next run of the other pipeline brings it back.
            return null;
        }
    }

    /// <summary>Whether these are answers to the same rows.</summary>
    public bool AreOf(FindingData data) => Split == data.Split && Rows.Count > 0 && Rows.Count == IsRight.Count
        && Rows.SequenceEqual(data.Answers.Select(HashOf), StringComparer.Ordinal);

    private static string HashOf(Answer answer)
    {
        var row = FormattableString.Invariant($"{answer.Label}\n{answer.Text.Id:x32}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row)).AsSpan(0, HashBytes));
    }
}

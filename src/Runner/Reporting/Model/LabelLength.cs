using System.Globalization;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>How many characters of its label are asked for: a letter is another question than a whole code.</summary>
internal static class LabelLength
{
    /// <summary>As the nearest stage before says it, or the stage itself; <c>null</c> written out: the whole label.</summary>
    public static string Before(string stageId, IReadOnlyList<StageResult> results) =>
        Lineage.Of(stageId, results).Select(Written).FirstOrDefault(written => written is not null) ?? Canonical.Null;

    public static string Of(StageResult result) => Written(result) ?? Canonical.Null;

    /// <summary>As a number that grows with what is asked for.</summary>
    public static int Rank(string length) =>
        int.TryParse(length, CultureInfo.InvariantCulture, out var characters) ? characters : int.MaxValue;

    /// <summary>As the stage says it; null: it does not ask for it.</summary>
    public static string? Written(StageResult result) =>
        result.Stage.Manifest.ParameterWith(ParameterRole.LabelLength) is { } path
            ? result.Stage.Values.GetValueOrDefault(path)?.Text
            : null;
}

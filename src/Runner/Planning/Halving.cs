using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Successive halving of the cells of a matrix (Jamieson and Talwalkar, 2016): all train for a few epochs, one in <paramref name="Factor"/>
/// goes on, and so on at every rung.
/// </summary>
/// <param name="Rungs">After how many epochs cells are left behind, rising.</param>
internal sealed record Halving(YamlScalar Metric, IReadOnlyList<YamlScalar> Rungs, int Factor, YamlNode Written)
{
    public const string Key = "halving";

    private const int UsualFactor = 3;
    private const int MaxFactor = 100;

    private static readonly string[] Keys = ["metric", "rungs", "factor"];

    /// <summary>Null where the matrix has none, or none that can be read, which is among the diagnostics then.</summary>
    public static Halving? Read(YamlNode? matrix, ICollection<Diagnostic> diagnostics)
    {
        if ((matrix as YamlMap)?.Find(Key)?.Value is not { } node || node is YamlScalar { IsNull: true })
            return null;
        if (node is not YamlMap map)
            return Fail(Diagnostics.NoMap(node, "'halving'"));
        if (map.Entries.FirstOrDefault(entry => !Keys.Contains(entry.Key.Text)) is { } unknown)
            return Fail(Diagnostics.UnknownKey(unknown.Key, "'halving'", Keys));
        if (map.Find("metric")?.Value is not YamlScalar { IsNull: false } metric)
            return Fail(Diagnostics.BadHalving(map.Find("metric")?.Value ?? map, "the metric that decides is missing"));
        if (map.Find("rungs")?.Value is not YamlList { Items.Count: > 0 } rungs || !Rise(rungs))
            return Fail(Diagnostics.BadHalving(map.Find("rungs")?.Value ?? map, "'rungs' are numbers of epochs from 1 up, rising"));
        if (FactorOf(map) is not { } factor)
            return Fail(Diagnostics.BadHalving(map.Find("factor")!.Value, $"'factor' is a whole number from 2 to {MaxFactor}"));
        return new(metric, [.. rungs.Items.Cast<YamlScalar>()], factor, node);

        Halving? Fail(Diagnostic diagnostic)
        {
            diagnostics.Add(diagnostic);
            return null;
        }
    }

    private static int? FactorOf(YamlMap map) =>
        map.Find("factor")?.Value is not { } node ? UsualFactor
        : node is YamlScalar { IsPlain: true } scalar && CoreSchema.TryWholeNumber(scalar.Text, out var factor)
            && factor is > 1 and <= MaxFactor
            ? (int)factor
        : null;

    private static bool Rise(YamlList rungs)
    {
        var last = 0L;
        foreach (var rung in rungs.Items)
        {
            if (rung is not YamlScalar { IsPlain: true } scalar || !CoreSchema.TryWholeNumber(scalar.Text, out var epochs)
                || epochs <= last)
                return false;
            last = epochs;
        }
        return true;
    }
}

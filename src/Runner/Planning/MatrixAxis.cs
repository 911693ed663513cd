using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>One axis of a matrix.</summary>
/// <param name="Values">In the order of the file; none where they are drawn.</param>
/// <param name="Drawn">The range they are drawn from; null: all values are listed.</param>
internal sealed record MatrixAxis(YamlScalar Name, IReadOnlyList<AxisValue> Values, ValueRange? Drawn = null)
{
    /// <summary>Null, with the reasons among the diagnostics, when it cannot be read.</summary>
    public static MatrixAxis? Read(YamlEntry entry, ICollection<Diagnostic> diagnostics)
    {
        if (!DocumentReader.IsName(entry.Key.Text, max: 64))
        {
            diagnostics.Add(Diagnostics.BadAxisName(entry.Key));
            return null;
        }
        if (entry.Value is YamlMap written && RangeReader.IsRange(written))
            return new RangeReader(entry.Key, diagnostics).Read(written);
        // A map names values that are too large to name themselves.
        List<AxisValue>? values = entry.Value switch
        {
            YamlMap map => [.. map.Entries.Select(named => new AxisValue(named.Key.Text, named.Value))],
            YamlList list when list.Items.All(IsText) => [.. list.Items.Cast<YamlScalar>().Select(item => new AxisValue(item.Text, item))],
            _ => null,
        };
        if (values is null or [])
            diagnostics.Add(Diagnostics.BadAxis(entry.Value, entry.Key.Text));
        else if (values.GroupBy(value => value.Text, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            diagnostics.Add(Diagnostics.AxisValueTwice(twice.Last().Value, entry.Key.Text, twice.Key));
        else
            return new(entry.Key, values);
        return null;
    }

    public static bool IsText(YamlNode node) => node is YamlScalar { IsUnresolved: false };
}

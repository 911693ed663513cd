using System.Globalization;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>{ from: 1e-4, to: 1e-1, scale: log }</c>, and with a <c>step</c> the values themselves.</summary>
internal sealed class RangeReader(YamlScalar axis, ICollection<Diagnostic> diagnostics)
{
    private const string Lower = "from", Upper = "to", Scale = "scale", Step = "step";

    private static readonly string[] Keys = [Lower, Upper, Scale, Step];
    private static readonly string[] Scales = ["linear", "log"];

    /// <summary>Whether a map is a range and not a list of named values.</summary>
    public static bool IsRange(YamlMap map) =>
        map.Find(Lower)?.Value is YamlScalar
        || (map.Find(Upper)?.Value is YamlScalar && map.Entries.All(entry => Keys.Contains(entry.Key.Text)));

    public MatrixAxis? Read(YamlMap map)
    {
        if (map.Entries.FirstOrDefault(entry => !Keys.Contains(entry.Key.Text)) is { } unknown)
            return Fail(Diagnostics.UnknownKey(unknown.Key, "A range", Keys));
        var scale = map.Find(Scale)?.Value;
        if (scale is not null && !(scale is YamlScalar { Text: var name } && Scales.Contains(name)))
            return Fail(Diagnostics.BadRange(scale, axis.Text, "a scale is linear or log"));
        if (End(map, Lower) is not { } from || End(map, Upper) is not { } to)
            return null;
        ValueRange range = new(from.Value, to.Value, scale is YamlScalar { Text: "log" }, from.IsWhole && to.IsWhole, map);
        if (from.Value >= to.Value)
            return Fail(Diagnostics.EmptyRange(map, axis.Text, from.Written, to.Written));
        if (range.IsLog && from.Value <= 0)
            return Fail(Diagnostics.BadRange(map.Find(Lower)!.Value, axis.Text, "a logarithmic scale starts above 0"));
        return map.Find(Step) is { Value: var step } ? Stepped(range, from.Written, to.Written, step) : new(axis, [], range);
    }

    /// <summary>All values of a range with a step, in decimal arithmetic: 0.1, 0.2, 0.3 and not 0.30000000000000004.</summary>
    private MatrixAxis? Stepped(ValueRange range, string from, string to, YamlNode written)
    {
        if (range.IsLog)
            return Fail(Diagnostics.BadRange(written, axis.Text, "equal steps are those of a linear scale: remove 'scale' or 'step'"));
        if (written is not YamlScalar scalar || Decimal(scalar.Text) is not { } step || step <= 0
            || Decimal(from) is not { } first || Decimal(to) is not { } last)
            return written.IsUnresolved ? null : Fail(Diagnostics.BadRange(written, axis.Text, "a step is a number above 0"));
        if (step > last - first)
            return Fail(Diagnostics.BadRange(written, axis.Text, "the step is longer than the range, which leaves a single value"));
        if ((last - first) / step >= MatrixReader.MaxCells)
            return Fail(Diagnostics.BadRange(written, axis.Text, $"such short steps give more than {MatrixReader.MaxCells} values"));
        List<AxisValue> values = [];
        for (var value = first; value <= last; value += step)
            values.Add(ValueRange.Named(Canonical.Number((double)value), range.At));
        return new(axis, values);
    }

    private (double Value, bool IsWhole, string Written)? End(YamlMap map, string key)
    {
        if (map.Find(key)?.Value is not { } node)
            diagnostics.Add(Diagnostics.BadRange(map, axis.Text, $"write both ends: {{ from: …, to: … }}; '{key}' is missing"));
        else if (node is YamlScalar { IsPlain: true } scalar && CoreSchema.TryNumber(scalar.Text, out var value))
            return (value, CoreSchema.IsWholeNumber(scalar.Text), scalar.Text);
        else if (!node.IsUnresolved)
            diagnostics.Add(Diagnostics.BadRange(node, axis.Text, $"'{key}' is a number, but this is {node.Described}"));
        return null;
    }

    private static decimal? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private MatrixAxis? Fail(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return null;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>The one text of a value, whatever way it was written: part of fingerprints, so it must never change.</summary>
internal static class Canonical
{
    public const string Null = "null";

    private static readonly ConditionalWeakTable<ParameterSpec, string> Defaults = [];

    /// <summary>Shortest text that reads back as the same number; negative zero is zero.</summary>
    public static string Number(double value) => value == 0 ? "0" : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Number(float value) => value == 0 ? "0" : value.ToString("R", CultureInfo.InvariantCulture);

    public static string Truth(bool value) => value ? "true" : "false";

    /// <summary>As it is; where null is possible, a text that could be taken for it gets quotes.</summary>
    public static string Text(string value, bool nullable) => nullable && (value == Null || value.StartsWith('"')) ? $"\"{value}\"" : value;

    /// <summary>The default of a parameter that is not written.</summary>
    public static string Default(ParameterSpec parameter) => Defaults.GetValue(parameter, TextOfDefault);

    /// <summary>A key as a part of a dotted path.</summary>
    public static string Key(string key) =>
        key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(".", "\\.", StringComparison.Ordinal);

    private static string TextOfDefault(ParameterSpec parameter) => parameter.Default switch
    {
        null => Null,
        string text => Text(text, parameter.Shape.Nullable),
        bool truth => Truth(truth),
        double number => Number(number),
        float number => Number(number),
        Enum word => PortName.Dashed(word.ToString()),
        int or long => ((IFormattable)parameter.Default).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new UnreachableException($"A constant of {parameter.Default.GetType()}."),
    };
}

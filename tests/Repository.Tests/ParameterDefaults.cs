using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Tests.Repository;

/// <summary>All parameters of a kind by dotted path, with what holds when they are left out.</summary>
internal static class ParameterDefaults
{
    public static IEnumerable<(string Path, string Default)> Of(StageSpec spec) => Of("", spec.Parameters);

    private static IEnumerable<(string Path, string Default)> Of(string prefix, IReadOnlyList<ParameterSpec> parameters) =>
        parameters.SelectMany(parameter =>
            Below(prefix + parameter.Name, parameter.Shape)
                .Prepend((prefix + parameter.Name, DefaultOf(parameter) + Choices(parameter.Shape))));

    private static IEnumerable<(string Path, string Default)> Below(string path, ParameterShape shape) => shape switch
    {
        ParameterShape.ListOf list => Below(path, list.Element),
        ParameterShape.RecordOf record => Of(path + ".", record.Record.Parameters),
        ParameterShape.UnionOf union =>
            union.Cases.SelectMany(item => Of($"{path}.{item.Key}.", item.Value.Parameters).Prepend(($"{path}.{item.Key}", ""))),
        _ => [],
    };

    private static string DefaultOf(ParameterSpec parameter) => parameter.Required ? "required" : parameter.Default switch
    {
        null => "`null`",
        bool truth => truth ? "`true`" : "`false`",
        Enum word => $"`{PortName.Dashed(word.ToString())}`",
        string name when parameter.Shape is ParameterShape.UnionOf => $"`{name}`",
        string text => $"`\"{text}\"`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        var other => $"`{other}`",
    };

    private static string Choices(ParameterShape shape) =>
        shape is ParameterShape.Choice choice ? $"; {string.Join(", ", choice.Words.Select(word => $"`{word}`"))}" : "";
}

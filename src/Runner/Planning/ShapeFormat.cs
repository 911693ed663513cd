using System.Diagnostics;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>What a parameter takes, in words.</summary>
internal static class ShapeFormat
{
    public static string Of(ParameterShape shape) => shape switch
    {
        ParameterShape.Text => "a text",
        ParameterShape.Truth => "true or false",
        ParameterShape.WholeNumber => "a whole number",
        ParameterShape.Number => "a number",
        ParameterShape.Choice choice => $"one of {string.Join(", ", choice.Words)}",
        ParameterShape.File => "the path of a file",
        ParameterShape.ListOf list => $"a list ({Of(list.Element)} each)",
        ParameterShape.MapOf map => $"a map ({Of(map.Element)} each)",
        ParameterShape.RecordOf record => $"a map of {Quoted.List(record.Record.Parameters.Select(parameter => parameter.Name))}",
        ParameterShape.UnionOf union => $"one of {string.Join(", ", union.Cases.Keys)}",
        ParameterShape.Again again => Of(again.Union),
        _ => throw new UnreachableException(shape.ToString()),
    };

    /// <summary>What to do about a value of the wrong type, where that is plain to see.</summary>
    public static string? Hint(ParameterShape shape, YamlNode found) => (shape, found) switch
    {
        (ParameterShape.Text or ParameterShape.File, YamlScalar { IsNull: true, Text.Length: > 0 } scalar) =>
            $"write \"{scalar.Text}\" in quotes for the text",
        (ParameterShape.WholeNumber or ParameterShape.Number or ParameterShape.Truth,
            YamlScalar { IsPlain: false, Through: [] } quoted) when CoreSchema.IsTyped(quoted.Text) =>
            "remove the quotes",
        (ParameterShape.Truth, YamlScalar { Text: "yes" or "on" or "Yes" or "On" or "1" }) => "write true",
        (ParameterShape.Truth, YamlScalar { Text: "no" or "off" or "No" or "Off" or "0" }) => "write false",
        (ParameterShape.WholeNumber, YamlScalar { IsPlain: true } number) when CoreSchema.TryNumber(number.Text, out var value)
            && value == Math.Truncate(value)
            && Math.Abs(value) < 1e15 => $"write {Canonical.Number(value)}",
        (ParameterShape.WholeNumber or ParameterShape.Number, YamlScalar { IsPlain: true } number) when CoreSchema.TryNumber(
            number.Text.Replace('_', ' ').Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'),
            out var value) => $"write {Canonical.Number(value)}",
        (ParameterShape.Number, YamlScalar { Text: [.., '%'] } share) when CoreSchema.TryNumber(
            share.Text[..^1].TrimEnd().Replace(',', '.'), out var value) =>
            $"write {Canonical.Number(value / 100)}",
        (ParameterShape.Number, YamlScalar { IsPlain: false } number) when CoreSchema.TryNumber(
            number.Text.Replace(',', '.'), out var value) =>
            $"write {Canonical.Number(value)}, without quotes",
        (ParameterShape.ListOf, YamlMap { Entries.Count: > 0 }) => "put '- ' before each item, or write [a, b]",
        (ParameterShape.WholeNumber or ParameterShape.Number, YamlScalar { IsPlain: true } number) when CoreSchema.IsInfinityOrNaN(
            number.Text) =>
            "it must be finite",
        _ when shape.Nullable => "null, auto or none are allowed too",
        _ => null,
    };
}

using System.Diagnostics;
using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>Reads one value of a parameter and its canonical text.</summary>
internal static class ScalarReader
{
    /// <summary>What is wrong with the value, or null.</summary>
    public static Diagnostic? Read(
        ParameterShape shape, YamlNode node, string path, ParameterManifest? limits, out object? value, out string text)
    {
        (value, text) = (null, "");
        if (node is not YamlScalar scalar)
            return WrongType(shape, node, path);
        switch (shape)
        {
            case ParameterShape.Text:
                (value, text) = (scalar.Text, Canonical.Text(scalar.Text, shape.Nullable));
                return limits?.Choices is { } choices
                    && !choices.Contains(scalar.Text) ? Diagnostics.NotAChoice(scalar, path, choices) : null;
            case ParameterShape.File when scalar.Text.Length > 0:
                (value, text) = (new InputFile(scalar.Text), scalar.Text);
                return null;
            case ParameterShape.Truth when scalar.IsPlain && CoreSchema.TryBoolean(scalar.Text, out var truth):
                (value, text) = (truth, Canonical.Truth(truth));
                return null;
            case ParameterShape.Choice choice:
                (value, text) = (ValueOf(choice, scalar.Text), scalar.Text);
                return value is null ? Diagnostics.NotAChoice(scalar, path, choice.Words) : null;
            case ParameterShape.WholeNumber when scalar.IsPlain && CoreSchema.IsWholeNumber(scalar.Text):
                return WholeNumber(shape, scalar, path, limits, out value, out text);
            case ParameterShape.Number when scalar.IsPlain && CoreSchema.TryNumber(scalar.Text, out var number):
                return Number(shape, scalar, number, path, limits, out value, out text);
            case ParameterShape.File or ParameterShape.Truth or ParameterShape.WholeNumber or ParameterShape.Number:
                return WrongType(shape, node, path);
            default:
                throw new UnreachableException(shape.ToString());
        }
    }

    public static Diagnostic WrongType(ParameterShape shape, YamlNode node, string path) =>
        Diagnostics.WrongType(node, path, ShapeFormat.Of(shape), ShapeFormat.Hint(shape, node));

    private static object? ValueOf(ParameterShape.Choice choice, string word)
    {
        for (var i = 0; i < choice.Words.Count; i++)
            if (choice.Words[i] == word)
                return choice.Values[i];
        return null;
    }

    private static Diagnostic? WholeNumber(
        ParameterShape shape, YamlScalar scalar, string path, ParameterManifest? limits, out object? value, out string text)
    {
        (value, text) = (null, "");
        var isInt = shape.Type == typeof(int);
        if (!CoreSchema.TryWholeNumber(scalar.Text, out var number) || (isInt && number is < int.MinValue or > int.MaxValue))
            return Diagnostics.DoesNotFit(scalar, path, isInt ? int.MinValue : long.MinValue, isInt ? int.MaxValue : long.MaxValue);
        value = isInt ? (object)(int)number : number;
        text = number.ToString(CultureInfo.InvariantCulture);
        return OutOfRange(scalar, number, path, limits);
    }

    private static Diagnostic? Number(
        ParameterShape shape, YamlScalar scalar, double number, string path, ParameterManifest? limits, out object? value, out string text)
    {
        var isFloat = shape.Type == typeof(float);
        value = isFloat ? (object)(float)number : number;
        text = isFloat ? Canonical.Number((float)number) : Canonical.Number(number);
        return isFloat && !float.IsFinite((float)number)
            ? Diagnostics.DoesNotFit(scalar, path, float.MinValue, float.MaxValue)
            : OutOfRange(scalar, number, path, limits);
    }

    private static Diagnostic? OutOfRange(YamlScalar scalar, double number, string path, ParameterManifest? limits) =>
        limits is null ? null
        : !limits.Allows(number) ? Diagnostics.OutOfRange(scalar, path, limits.Range)
        : limits.Choices is { } choices && !choices.Any(choice => CoreSchema.TryNumber(choice, out var allowed) && allowed == number)
            ? Diagnostics.NotAChoice(scalar, path, choices)
            : null;
}

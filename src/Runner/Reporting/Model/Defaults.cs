using System.Diagnostics;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What a parameter would have been, had it not been written.</summary>
internal static class Defaults
{
    /// <summary>Canonical text of the default at a dotted path such as <c>layers.2.lstm.units</c>; null where nothing stands by
    /// default.</summary>
    public static string? Of(StageSpec spec, string path)
    {
        var parameters = spec.Parameters;
        ParameterShape? shape = null;
        ParameterSpec? last = null;
        foreach (var part in path.Split('.'))
        {
            (shape, last, parameters) = shape switch
            {
                ParameterShape.ListOf list => (list.Element, null, []),
                ParameterShape.MapOf map => (map.Element, null, []),
                ParameterShape.Again again => (null, null, again.Union.Cases.GetValueOrDefault(part)?.Parameters ?? []),
                ParameterShape.UnionOf union => (null, null, union.Cases.GetValueOrDefault(part)?.Parameters ?? []),
                ParameterShape.RecordOf record => Member(record.Record.Parameters, part),
                null => Member(parameters, part),
                // Below a single value there is nothing.
                ParameterShape.Text or ParameterShape.Truth or ParameterShape.WholeNumber or ParameterShape.Number or ParameterShape.Choice
                    or ParameterShape.File =>
                    (null, null, []),
                _ => throw new UnreachableException(shape.ToString()),
            };
        }
        return last is null or { Required: true } ? null : Canonical.Default(last);
    }

    private static (ParameterShape? Shape, ParameterSpec? Parameter, IReadOnlyList<ParameterSpec> Next) Member(
        IReadOnlyList<ParameterSpec> parameters, string name)
    {
        var found = parameters.FirstOrDefault(parameter => parameter.Name == name);
        return (found?.Shape, found, []);
    }
}

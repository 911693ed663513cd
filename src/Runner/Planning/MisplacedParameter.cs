using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>Where a parameter belongs that was written in another place of the same stage.</summary>
/// <param name="stage">The parameters of the stage.</param>
internal sealed class MisplacedParameter(RecordSpec stage)
{
    /// <summary>What to write instead; null when no place of the stage has a parameter of this name.</summary>
    /// <param name="record">Where it was written.</param>
    public string? Help(string name, RecordSpec record)
    {
        if (record != stage && Has(stage, name))
            return $"'{name}' stands in 'with' itself, beside '{Holder(stage, record)}'";
        if (OtherCases(stage.Parameters, record, name) is { } cases)
            return $"{Documents.Quoted.List(cases)} {(cases.Count == 1 ? "has" : "have")} it";
        return Inside(record.Parameters, name) is { } path ? $"it belongs to {path}" : null;
    }

    /// <summary>
    /// The first parameter below which a parameter of this name is, as it is written; records, which need no choice of a case, before
    /// others.
    /// </summary>
    private static string? Inside(IReadOnlyList<ParameterSpec> parameters, string name)
    {
        foreach (var parameter in parameters.OrderBy(parameter => parameter.Shape is ParameterShape.RecordOf ? 0 : 1))
            if (Written(parameter.Shape, parameter.Default as string, name) is { } inner)
                return $"'{parameter.Name}': {parameter.Name}: {inner}";
        return null;
    }

    private static string? Written(ParameterShape shape, string? standard, string name)
    {
        if (shape is ParameterShape.RecordOf record)
            return Has(record.Record, name) ? $"{{ {name}: … }}" : null;
        if (shape is ParameterShape.ListOf list)
            return Written(list.Element, null, name) is { } inner ? $"[{inner}]" : null;
        if (shape is not ParameterShape.UnionOf union)
            return null;
        return union.Cases.Where(item => Has(item.Value, name)).OrderBy(item => item.Key == standard ? 0 : 1)
            .Select(item => $"{{ {item.Key}: {{ {name}: … }} }}").FirstOrDefault();
    }

    /// <summary>The cases that have this parameter, of the union that the record is a case of.</summary>
    private static List<string>? OtherCases(IReadOnlyList<ParameterSpec> parameters, RecordSpec record, string name) =>
        parameters.Select(parameter => parameter.Shape is ParameterShape.ListOf list ? list.Element : parameter.Shape)
            .OfType<ParameterShape.UnionOf>().Where(union => union.Cases.Values.Contains(record))
            .Select(union => union.Cases.Where(item => Has(item.Value, name)).Select(item => $"'{item.Key}'").ToList())
            .FirstOrDefault(cases => cases.Count > 0);

    /// <summary>The parameter of the stage that holds the record.</summary>
    private static string Holder(RecordSpec stage, RecordSpec record) =>
        stage.Parameters.First(parameter => Holds(parameter.Shape, record)).Name;

    private static bool Holds(ParameterShape shape, RecordSpec record) =>
        (shape is ParameterShape.ListOf list && Holds(list.Element, record))
        || (shape is ParameterShape.MapOf map && Holds(map.Element, record))
        || (shape is ParameterShape.RecordOf nested && Holds(nested.Record, record))
        || (shape is ParameterShape.UnionOf union && union.Cases.Values.Any(item => Holds(item, record)));

    private static bool Holds(RecordSpec outer, RecordSpec record) =>
        outer == record || outer.Parameters.Any(parameter => Holds(parameter.Shape, record));

    private static bool Has(RecordSpec record, string name) => record.Parameters.Any(parameter => parameter.Name == name);
}

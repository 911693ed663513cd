using System.Reflection;

namespace Pipelines.Stages.Contracts.Specs;

/// <summary>Reads a <see cref="StageSpec"/> from a stage class.</summary>
internal sealed class SpecReader
{
    private readonly NullabilityInfoContext _nullability = new();

    public static StageSpec Read(Type stage)
    {
        var attribute = stage.GetCustomAttribute<StageAttribute>(inherit: false)
            ?? throw new InvalidOperationException($"{stage.FullName} has no [Stage(\"kind\")].");
        var records = Records(stage);
        SpecReader reader = new();
        var inputs = reader.Inputs(records[0]);
        var parameters = new ShapeReader(reader._nullability).Record(records[1]);
        foreach (var parameter in parameters.Parameters)
            if (parameter.RepetitionsOf is { } port && !inputs.Exists(input => input.Name == port && input.Many))
                throw new InvalidOperationException(
                    $"'{parameter.Name}' of {records[1]} numbers repetitions of '{port}', which is no input of many artifacts.");
        return new(
            attribute.Kind, attribute.Version, attribute.Uses, stage, inputs, Outputs(records[2], inputs), parameters);
    }

    private static Type[] Records(Type stage)
    {
        for (var type = stage.BaseType; type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Stage<,,>))
                return type.GetGenericArguments();
        throw new InvalidOperationException($"{stage.FullName} does not derive from Stage<TInputs, TParams, TOutputs>.");
    }

    private List<InputPort> Inputs(Type record)
    {
        List<InputPort> ports = [];
        foreach (var parameter in ShapeReader.ConstructorOf(record).GetParameters())
        {
            var isMany = !parameter.ParameterType.IsAssignableTo(typeof(Artifact));
            var artifact = isMany ? ShapeReader.ElementOf(parameter.ParameterType, typeof(IReadOnlyList<>)) : parameter.ParameterType;
            ports.Add(new(
                PortName.Of(parameter.Name!), KindOf(artifact, parameter),
                    _nullability.Create(parameter).WriteState == NullabilityState.Nullable,
                isMany, parameter.GetCustomAttribute<ReadsAttribute>()?.Columns)
            {
                PairedWith = parameter.GetCustomAttribute<PairedWithAttribute>()?.Port,
            });
        }
        foreach (var port in ports)
            if (port.PairedWith is { } paired
                && !ports.Exists(other => other.Name == paired && other.Many == port.Many && other.PairedWith is null))
                throw new InvalidOperationException(
                    $"'{port.Name}' of {record} is paired with '{paired}', which is no input of as many artifacts.");
        return ports;
    }

    private static List<OutputPort> Outputs(Type record, IReadOnlyList<InputPort> inputs)
    {
        List<OutputPort> ports = [];
        foreach (var parameter in ShapeReader.ConstructorOf(record).GetParameters())
        {
            var (artifact, writes) = (KindOf(parameter.ParameterType, parameter), parameter.GetCustomAttribute<WritesAttribute>());
            if (writes is not null && artifact != ArtifactKind.Table)
                throw new InvalidOperationException($"'{parameter.Name}' of {record} has no columns to write: only a Table has.");
            ports.Add(new(PortName.Of(parameter.Name!), artifact, writes?.Columns)
            {
                SameRowsAs = SameRows(parameter, artifact, inputs),
                PredictsLabels = artifact == ArtifactKind.Model && parameter.GetCustomAttribute<NoLabelsAttribute>() is null,
            });
        }
        return ports;
    }

    private static string? SameRows(ParameterInfo parameter, ArtifactKind artifact, IReadOnlyList<InputPort> inputs)
    {
        if (parameter.GetCustomAttribute<SameRowsAsAttribute>()?.Port is not { } port)
            return null;
        var isOneTable = artifact == ArtifactKind.Table
            && inputs.Any(input => input is { Artifact: ArtifactKind.Table, Many: false } && input.Name == port);
        return isOneTable
            ? port
            : throw new InvalidOperationException(
                $"'{parameter.Name}' has the rows of '{port}': both must be a Table, the input only one.");
    }

    private static ArtifactKind KindOf(Type? artifact, ParameterInfo parameter) =>
        artifact == typeof(Table) ? ArtifactKind.Table
        : artifact == typeof(Model) ? ArtifactKind.Model
        : artifact == typeof(Metrics) ? ArtifactKind.Metrics
        : artifact == typeof(Card) ? ArtifactKind.Card
        : throw new InvalidOperationException(
            $"'{parameter.Name}' of {parameter.Member.DeclaringType} is {parameter.ParameterType}: "
            + "a port is a Table, Model, Metrics or Card.");
}

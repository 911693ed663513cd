using System.Reflection;

namespace Pipelines.Stages.Contracts;

/// <summary>Artifacts by port name; a port that gathers holds several, a plain one exactly one, an absent optional one none.</summary>
public sealed record ArtifactSet(IReadOnlyDictionary<string, IReadOnlyList<Artifact>> ByPort)
{
    public Artifact this[string port] => ByPort[port][0];

    /// <summary>Fills the constructor of a record from the ports of the same name.</summary>
    public TRecord To<TRecord>()
    {
        var constructor = typeof(TRecord).GetConstructors()[0];
        return (TRecord)constructor.Invoke([.. constructor.GetParameters().Select(Value)]);
    }

    public static ArtifactSet From(object record)
    {
        var ports = new SortedDictionary<string, IReadOnlyList<Artifact>>(StringComparer.Ordinal);
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.GetValue(record) is { } value)
                ports.Add(PortName.Of(property.Name), value as IReadOnlyList<Artifact> ?? [(Artifact)value]);
        return new(ports);
    }

    private object? Value(ParameterInfo parameter)
    {
        var artifacts = ByPort.GetValueOrDefault(PortName.Of(parameter.Name!)) ?? [];
        if (parameter.ParameterType.IsAssignableTo(typeof(Artifact)))
            return artifacts.Count == 0 ? null : artifacts[0];
        var list = Array.CreateInstance(parameter.ParameterType.GetGenericArguments()[0], artifacts.Count);
        for (var i = 0; i < artifacts.Count; i++)
            list.SetValue(artifacts[i], i);
        return list;
    }
}

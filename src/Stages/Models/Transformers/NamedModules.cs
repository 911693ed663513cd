using static TorchSharp.torch.nn;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>A module whose parts have names with dots, as published weights have; each part between dots is one too.</summary>
internal class NamedModules(string name) : Module(name)
{
    private readonly Dictionary<string, NamedModules> _groups = new(StringComparer.Ordinal);

    protected T Named<T>(string path, T module)
        where T : Module
    {
        if (path.Split('.', 2) is not [var first, var rest])
        {
            register_module(path, module);
            return module;
        }
        if (!_groups.TryGetValue(first, out var group))
        {
            _groups.Add(first, group = new(first));
            register_module(first, group);
        }
        return group.Named(rest, module);
    }
}

using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Tests.Repository;

/// <summary>The dotted paths by which a manifest names parameters (docs/manifest.md).</summary>
/// <param name="Required">All but the cases of unions and nested records, which may be described too.</param>
internal sealed record ParameterPaths(IReadOnlyList<string> All, IReadOnlyList<string> Required)
{
    public static ParameterPaths Of(StageSpec spec)
    {
        ParameterPaths paths = new(new List<string>(), new List<string>());
        paths.Add("", spec.Parameters);
        return paths;
    }

    private void Add(string prefix, IReadOnlyList<ParameterSpec> parameters)
    {
        foreach (var parameter in parameters)
        {
            var path = prefix + parameter.Name;
            ((List<string>)All).Add(path);
            ((List<string>)Required).Add(path);
            Add(path, parameter.Shape);
        }
    }

    private void Add(string path, ParameterShape shape)
    {
        switch (shape)
        {
            case ParameterShape.ListOf list:
                Add(path, list.Element);
                break;
            case ParameterShape.RecordOf record:
                Add(path + ".", record.Record.Parameters);
                break;
            case ParameterShape.UnionOf union:
                foreach (var (name, members) in union.Cases)
                {
                    ((List<string>)All).Add($"{path}.{name}");
                    Add($"{path}.{name}.", members.Parameters);
                }
                break;
        }
    }
}

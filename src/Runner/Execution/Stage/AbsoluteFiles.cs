using System.Collections;
using System.Reflection;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Puts the absolute path into every <see cref="InputFile"/> of a stage's parameters, however deep.</summary>
internal static class AbsoluteFiles
{
    public static object In(PlannedStage stage, Func<string, string> absolute) =>
        stage.Values.Values.Any(value => value.File is not null) ? Visit(stage.Parameters, absolute)! : stage.Parameters;

    private static object? Visit(object? value, Func<string, string> absolute) => value switch
    {
        InputFile file => new InputFile(absolute(file.Path)),
        null or string => value,
        IDictionary => value,
        IList list => VisitList(list, absolute),
        _ when value.GetType().GetMethod("<Clone>$") is { } clone => VisitRecord(value, clone, absolute),
        _ => value,
    };

    private static object VisitList(IList list, Func<string, string> absolute)
    {
        var visited = list.Cast<object?>().Select(item => Visit(item, absolute)).ToList();
        if (visited.SequenceEqual(list.Cast<object?>(), ReferenceEqualityComparer.Instance))
            return list;
        var element = list.GetType().IsArray ? list.GetType().GetElementType()! : list.GetType().GetGenericArguments()[0];
        var copy = Array.CreateInstance(element, visited.Count);
        for (var i = 0; i < visited.Count; i++)
            copy.SetValue(visited[i], i);
        return copy;
    }

    private static object VisitRecord(object record, MethodInfo clone, Func<string, string> absolute)
    {
        object? copy = null;
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property is not { CanWrite: true, PropertyType.IsValueType: false })
                continue;
            var before = property.GetValue(record);
            var after = Visit(before, absolute);
            if (ReferenceEquals(before, after))
                continue;
            copy ??= clone.Invoke(record, null)!;
            property.SetValue(copy, after);
        }
        return copy ?? record;
    }
}

using System.Reflection;
using Xunit.Sdk;

namespace Pipelines.TestKit.Contract;

/// <summary>
/// Runs a test of <see cref="StageContract"/> for each kind that the class deriving from it names: its static <c>Kinds</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StageKindsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        var kinds = testMethod.ReflectedType!.GetProperty("Kinds", BindingFlags.Public | BindingFlags.Static)?.GetValue(
            null) as IEnumerable<string>
            ?? throw new InvalidOperationException($"{testMethod.ReflectedType} needs 'public static IEnumerable<string> Kinds'.");
        return kinds.Select(kind => new object[] { kind });
    }
}

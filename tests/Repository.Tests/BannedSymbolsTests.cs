using System.Reflection;
using System.Text.RegularExpressions;

namespace Pipelines.Tests.Repository;

/// <summary>
/// What the analyzer of banned symbols does not say: an entry it cannot find is passed over, and a pragma needs no reason.
/// </summary>
public sealed partial class BannedSymbolsTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static readonly string[] s_lists = ["src/BannedSymbols.txt", "src/Stages/BannedSymbols.txt"];

    public static TheoryData<string> Lists => [.. s_lists];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_symbol_exists_and_has_a_replacement(string list)
    {
        var entries = RepositoryFiles.Read(list).Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).Select(line => line.Split(';')).ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Contains(entry[0], NamesAround(entry[0])));
        Assert.All(entries, entry => Assert.True(entry is [_, { Length: > 0 }], $"{entry[0]} names nothing to take instead"));
    }

    [Fact]
    public void These_are_the_lists() => Assert.Equal(s_lists, RepositoryFiles.In("src", "/BannedSymbols.txt"));

    [Fact]
    public void An_exception_says_why() => Assert.All(
        RepositoryFiles.In("src", ".cs").SelectMany(path => RepositoryFiles.Read(path).Split('\n')
            .Where(line => line.Contains("pragma warning disable", StringComparison.Ordinal))),
        line => Assert.Matches(Reasoned(), line));

    /// <summary>Documentation ids of the type that an id names or whose member it names, and of all its members.</summary>
    private static IEnumerable<string> NamesAround(string id)
    {
        var path = id[2..].Split('(')[0];
        if (TypeNamed(path) is { } itself)
            return [$"T:{itself.FullName}"];
        var type = TypeNamed(path[..path.LastIndexOf('.')]) ?? throw new TypeLoadException($"There is no type for {id}.");
        return [.. type.GetProperties(All).Select(property => $"P:{type.FullName}.{property.Name}"),
            .. type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).Select(IdOf)];
    }

    private static Type? TypeNamed(string name) =>
        Assemblies.Value.Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);

    private static readonly Lazy<Assembly[]> Assemblies = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name == "TorchSharp.dll")).Select(path => Assembly.Load(AssemblyName.GetAssemblyName(path))),
    ]);

    private static string IdOf(MethodBase method)
    {
        var generic = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        var parameters = string.Join(',', method.GetParameters().Select(parameter => IdOf(parameter.ParameterType)));
        var name = $"M:{method.DeclaringType!.FullName}.{method.Name.Replace('.', '#')}{generic}";
        return parameters.Length > 0 ? $"{name}({parameters})" : name;
    }

    private static string IdOf(Type type) => type switch
    {
        { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
        { IsGenericType: true } =>
            $"{type.Namespace}.{type.Name.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}",
        _ => (type.FullName ?? type.Name).Replace('+', '.'),
    };

    [GeneratedRegex(@"^#pragma warning disable [A-Z0-9, ]+ // [A-Z].+\.$")]
    private static partial Regex Reasoned();
}

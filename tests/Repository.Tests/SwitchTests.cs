using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pipelines.Tests.Repository;

/// <summary>
/// A switch over an enumeration, or over a family of this project's own types, names every case; what is left throws. So a case that is
/// added later is found at once where somebody forgot it, and does not silently become another. Texts, numbers and values of any type have
/// no end of cases: there the rest may be anything.
/// </summary>
public sealed class SwitchTests
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>YAML has scalars, lists and maps, and never a fourth: the rest of such a switch is whatever does not have the form that is
    /// asked for.</summary>
    private static readonly string[] TypesWithARest = ["Pipelines.Runner.Documents.YamlNode"];

    private static readonly CSharpCompilation s_sources = Compile();

    [Fact]
    public void No_rest_of_a_switch_swallows_a_case_that_nobody_thought_of()
    {
        var switches = s_sources.SyntaxTrees.SelectMany(SwitchesIn).ToList();

        Assert.True(switches.Count > 40, $"Only {switches.Count} switches over known cases were found: the sources are not understood.");
        var swallowing = switches.Where(found => found.Swallows).Select(found => found.Place).ToList();
        Assert.True(swallowing.Count == 0, string.Join("\n", swallowing));
    }

    private static IEnumerable<(string Place, bool Swallows)> SwitchesIn(SyntaxTree tree)
    {
        var model = s_sources.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var (governing, swallows) = node switch
            {
                SwitchExpressionSyntax expression => (expression.GoverningExpression, expression.Arms.Any(Swallows)),
                SwitchStatementSyntax statement => (statement.Expression, statement.Sections.Any(Swallows)),
                _ => ((ExpressionSyntax?)null, false),
            };
            if (governing is not null && HasKnownCases(model.GetTypeInfo(governing).Type))
                yield return ($"{tree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: switch over " +
                    $"{model.GetTypeInfo(governing).Type}", swallows);
        }
    }

    private static bool Swallows(SwitchExpressionArmSyntax arm) =>
        arm is { Pattern: DiscardPatternSyntax or VarPatternSyntax { Designation: SingleVariableDesignationSyntax }, WhenClause: null }
            && arm.Expression is not ThrowExpressionSyntax;

    private static bool Swallows(SwitchSectionSyntax section) =>
        section.Labels.Any(label => label is DefaultSwitchLabelSyntax) && section.Statements is not [ThrowStatementSyntax];

    /// <summary>An enumeration or an abstract type of this project: its cases are the members, or the types derived from it.</summary>
    private static bool HasKnownCases(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            HasKnownCases(nullable.TypeArguments[0]),
        { TypeKind: TypeKind.Enum } or { TypeKind: TypeKind.Class, IsAbstract: true } =>
            type.Locations.Any(location => location.IsInSource) && !TypesWithARest.Contains(type.ToDisplayString()),
        _ => false,
    };

    private static CSharpCompilation Compile()
    {
        CSharpParseOptions language = new(LanguageVersion.Preview);
        var sources = RepositoryFiles.In("src/Stages", ".cs").Concat(RepositoryFiles.In("src/Runner", ".cs"))
            .Select(path => CSharpSyntaxTree.ParseText(RepositoryFiles.Read(path), language, path));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Pipelines.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("sources", [CSharpSyntaxTree.ParseText(GlobalUsings, language), .. sources], references,
            new(OutputKind.DynamicallyLinkedLibrary));
    }
}

using System.Collections;
using Pipelines.Runner.Reporting.Model;
using Scriban;
using Scriban.Runtime;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>The names that templates know behind a point.</summary>
internal static class TemplateNames
{
    // Of loops, and of what they go through.
    private static readonly string[] OfLoops = ["changed", "even", "first", "index", "last", "length", "odd", "rindex", "size"];

    // Named one by one: to ask the assembly for them would load the types of the web server, and what it stands on, into every run.
    private static readonly Type[] Cases =
    [
        typeof(AlertsView), typeof(AnnexView), typeof(AnswersView), typeof(FactsView), typeof(FiguresView), typeof(FormulaView),
        typeof(GridView), typeof(RunSectionView), typeof(SentenceView), typeof(SettingsView), typeof(StagesSectionView),
        typeof(TokensView), typeof(WarningView),
    ];

    /// <summary>Of the report itself.</summary>
    public static IReadOnlyCollection<string> Report { get; } =
        [.. typeof(ReportModel).GetProperties().Select(StandardMemberRenamer.Rename)];

    /// <summary>Of the report and of all that it is made of.</summary>
    public static IReadOnlyCollection<string> Parts { get; } = [.. Reachable().SelectMany(type => type.GetProperties())
        .Select(StandardMemberRenamer.Rename).Concat(OfLoops).Distinct(StringComparer.Ordinal)];

    private static readonly ScriptObject Functions = new TemplateContext().BuiltinObject;

    /// <summary>The functions of <c>html</c>, <c>array</c> …; null where there is no such group.</summary>
    public static IReadOnlyCollection<string>? FunctionsOf(string group) =>
        group == "markdown" ? [.. MarkdownEscape.Functions.Keys]
        : Functions.TryGetValue(group, out var found) && found is ScriptObject functions ? [.. functions.Keys] : null;

    private static List<Type> Reachable()
    {
        List<Type> types = [typeof(ReportModel)];
        // Looking through one type finds those that it is made of.
        for (var i = 0; i < types.Count; i++)
            types.AddRange([.. types[i].GetProperties().SelectMany(property => PartsOf(property.PropertyType))
                .Concat(Cases.Where(other => other.BaseType == types[i])).Except(types).Distinct()]);
        return types;
    }

    private static IEnumerable<Type> PartsOf(Type type) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments().SelectMany(PartsOf)
        : type.Assembly == typeof(ReportModel).Assembly && !type.IsEnum ? [type] : [];
}

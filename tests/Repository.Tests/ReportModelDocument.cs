using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pipelines.Runner.Reporting.Model;
using Scriban.Runtime;

namespace Pipelines.Tests.Repository;

/// <summary>Writes docs/report-model.md: what templates see as <c>report</c>, from the records and their comments.</summary>
internal sealed partial class ReportModelDocument
{
    private const string Head = """
        # The model of a report

        What a template sees as `report`, generated from `src/Runner/Reporting/Model/ReportModel.cs`; `./regenerate` writes it again.
        How templates are chosen and written: [reports.md](reports.md#changing-the-looks). Beside it they see `text`, the phrases of
        the language file.

        A value that may be missing is *optional*: ask before you print it (`{{ if report.badge }}`). Members named `…svg` and
        `…_html` are markup, all others are text and end in `| html.escape` (in Markdown, `| markdown.escape`). Items of a chapter
        have a `kind`, by which the template tells them apart.

        """;

    private readonly Dictionary<string, XElement> _comments;
    private readonly List<Type> _types = [typeof(ReportModel)];

    private ReportModelDocument(string commentsFile) => _comments = XDocument.Load(commentsFile).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public static string Markdown() =>
        new ReportModelDocument(Path.ChangeExtension(typeof(ReportModel).Assembly.Location, ".xml")).Text();

    private string Text()
    {
        StringBuilder text = new(Head);
        // Writing one type finds those that it is made of.
        for (var i = 0; i < _types.Count; i++)
            Write(text, _types[i]);
        return text.ToString();
    }

    private void Write(StringBuilder text, Type type)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {NameOf(type)}\n\n");
        if (Summary($"T:{type.FullName}") is { Length: > 0 } summary)
            text.Append(CultureInfo.InvariantCulture, $"{summary}\n\n");
        Type[] cases = [.. type.Assembly.GetTypes().Where(other => other.BaseType == type && type.IsAbstract)
            .OrderBy(other => other.MetadataToken)];
        if (cases.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"One of {string.Join(", ", cases.Select(Link))}.\n\n");
        text.Append("| member | form | meaning |\n|---|---|---|\n");
        NullabilityInfoContext nullability = new();
        foreach (var member in type.GetProperties().Where(member => member.Name != "EqualityContract"))
        {
            var optional = nullability.Create(member).ReadState == NullabilityState.Nullable ? ", optional" : "";
            text.Append(CultureInfo.InvariantCulture,
                $"| `{StandardMemberRenamer.Rename(member)}` | {Shape(member.PropertyType)}{optional} | {Meaning(type, member)} |\n");
        }
        _types.AddRange(cases.Except(_types));
    }

    private string Meaning(Type type, PropertyInfo member) => Summary($"P:{type.FullName}.{member.Name}") is { Length: > 0 } own ? own
        : _comments.GetValueOrDefault($"T:{type.FullName}")?.Elements("param").FirstOrDefault(
            parameter => parameter.Attribute("name")?.Value == member.Name) is { } parameter ? Plain(parameter)
        : member.DeclaringType != type ? Meaning(member.DeclaringType!, member) : "";

    private string Shape(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value == typeof(string))
            return "text";
        if (value == typeof(bool))
            return "true or false";
        if (value.IsPrimitive)
            return "number";
        if (value.IsAssignableTo(typeof(IEnumerable)))
            return value.GetGenericArguments() is [_, var item]
                ? $"{Shape(item)} by name"
                : $"list of {Shape(value.GetGenericArguments()[0])}";
        if (typeof(Delegate).IsAssignableFrom(value))
            return "function";
        if (!_types.Contains(value))
            _types.Add(value);
        return Link(value);
    }

    private static string Link(Type type) => $"[{NameOf(type)}](#{NameOf(type).Replace(' ', '-')})";

    // FigureView → figure.
    private static string NameOf(Type type) => type == typeof(ReportModel) ? "report"
        : Words().Replace(type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^4] : type.Name, " $0").Trim()
            .ToLowerInvariant();

    private string Summary(string name) => _comments.GetValueOrDefault(name)?.Element("summary") is { } summary ? Plain(summary) : "";

    private static string Plain(XElement comment) => Blanks().Replace(string.Concat(comment.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{StandardMemberRenamer.Rename(see.Attribute("cref")!.Value.Split('.')[^1])}`",
        _ => node.ToString(),
    })), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Words();
}

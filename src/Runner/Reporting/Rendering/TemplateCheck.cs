using Pipelines.Runner.Documents;
using Pipelines.Runner.Reporting.Model;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>Finds what is wrong in a template and all that it includes, without making a report.</summary>
internal sealed class TemplateCheck(TemplateFolder folder, IReadOnlyCollection<string> phrases)
{
    private static readonly string[] Members = [.. typeof(ReportModel).GetProperties().Select(StandardMemberRenamer.Rename)];

    /// <summary>Names of the files that were looked at.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _found = [];

    /// <param name="name">Of a file in the folder.</param>
    public IReadOnlyList<Diagnostic> Of(string name)
    {
        Check(name);
        return _found;
    }

    private void Check(string name)
    {
        if (!_seen.Add(name) || !File.Exists(folder.PathOf(name)))
            return;
        var file = folder.Source(name);
        var template = Template.Parse(file.Text, name);
        foreach (var message in template.Messages.Where(message => message.Type == ParserMessageType.Error).Take(1))
            _found.Add(TemplateFinding.Of(file, message.Span, "the template cannot be read from here on", message.Message));
        if (!template.HasErrors)
            template.Page!.Accept(new Names(this, file));
    }

    private void Member(SourceFile file, ScriptMemberExpression member, string owner, IReadOnlyCollection<string> known)
    {
        if (member.Member is { } name && !known.Contains(name.Name))
            _found.Add(TemplateFinding.Of(
                file, name.Span, $"{owner} has no {Quoted.Short(name.Name)}", Nearest.Help(name.Name, known, "names")));
    }

    /// <summary>Looks at every <c>report.…</c>, <c>text.…</c> and <c>include '…'</c>.</summary>
    private sealed class Names(TemplateCheck check, SourceFile file) : ScriptVisitor
    {
        public override void Visit(ScriptMemberExpression node)
        {
            if (node.Target is ScriptVariableGlobal { Name: "report" })
                check.Member(file, node, "a report", Members);
            else if (node.Target is ScriptVariableGlobal { Name: "text" })
                check.Member(file, node, "the language file", check.Phrases);
            base.Visit(node);
        }

        public override void Visit(ScriptFunctionCall node)
        {
            if (node.Target is ScriptVariableGlobal { Name: "include" } && node.Arguments is [ScriptLiteral { Value: string name }, ..])
                check.Check(Path.HasExtension(name) ? name : name + TemplateFolder.Extension);
            base.Visit(node);
        }
    }

    private IReadOnlyCollection<string> Phrases => phrases;
}

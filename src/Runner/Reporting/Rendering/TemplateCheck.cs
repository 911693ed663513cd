using Pipelines.Runner.Documents;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>Finds what is wrong in a template and all that it includes, without making a report.</summary>
internal sealed class TemplateCheck(TemplateFolder folder, IReadOnlyCollection<string> phrases)
{
    /// <summary>Names of the files that were looked at.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _found = [];

    /// <summary>All that was found so far.</summary>
    public IReadOnlyList<Diagnostic> Found => _found;

    /// <param name="name">Of a file in the folder.</param>
    public IReadOnlyList<Diagnostic> Of(string name)
    {
        Check(name);
        return _found;
    }

    private void Check(string name)
    {
        if (!_seen.Add(name))
            return;
        var file = folder.Source(name);
        if (file.Text.IndexOf(SourceFile.Undecodable, StringComparison.Ordinal) is >= 0 and var index)
            _found.Add(Diagnostics.NotUtf8(file.PlaceOf(index)));
        var template = Template.Parse(file.Text, name);
        foreach (var message in template.Messages.Where(message => message.Type == ParserMessageType.Error).Take(1))
            _found.Add(TemplateFinding.Of(file, message.Span, "the template cannot be read from here on", message.Message));
        if (!template.HasErrors)
            template.Page!.Accept(new Names(this, file));
    }

    private void Include(SourceFile file, ScriptLiteral written, string name)
    {
        name = Path.HasExtension(name) ? name : name + TemplateFolder.Extension;
        if (folder.Has(name))
            Check(name);
        else
            _found.Add(TemplateFinding.Of(file, written.Span, $"there is no template {Quoted.Short(name)}",
                Nearest.Help(name, [.. folder.Names()], "templates")));
    }

    /// <param name="owner">What has these names; null: it is not known which part of a report.</param>
    private void Member(SourceFile file, ScriptMemberExpression member, string? owner, IReadOnlyCollection<string> known)
    {
        if (member.Member is { } name && !known.Contains(name.Name))
            _found.Add(TemplateFinding.Of(
                file, name.Span,
                $"{(owner is null ? "no part of a report has" : $"{owner} has no")} {Quoted.Short(name.Name)}",
                Nearest.Help(name.Name, known, "names")));
    }

    /// <summary>Looks at every name behind a point and every <c>include '…'</c>.</summary>
    private sealed class Names(TemplateCheck check, SourceFile file) : ScriptVisitor
    {
        // Members of what a template makes itself have any name.
        private bool _hasOwnObjects;

        public override void Visit(ScriptMemberExpression node)
        {
            if (node.Target is ScriptVariableGlobal { Name: "report" })
                check.Member(file, node, "a report", TemplateNames.Report);
            else if (node.Target is ScriptVariableGlobal { Name: "text" })
                check.Member(file, node, "the language file", check.Phrases);
            else if (node.Target is ScriptVariableGlobal { Name: var group } && TemplateNames.FunctionsOf(group) is { } functions)
                check.Member(file, node, $"'{group}'", functions);
            else if (!_hasOwnObjects)
                check.Member(file, node, owner: null, TemplateNames.Parts);
            base.Visit(node);
        }

        public override void Visit(ScriptObjectInitializerExpression node)
        {
            _hasOwnObjects = true;
            base.Visit(node);
        }

        public override void Visit(ScriptFunctionCall node)
        {
            if (node.Target is ScriptVariableGlobal { Name: "include" }
                && node.Arguments is [ScriptLiteral { Value: string name } written, ..])
                check.Include(file, written, name);
            base.Visit(node);
        }
    }

    private IReadOnlyCollection<string> Phrases => phrases;
}

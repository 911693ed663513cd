using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban;

public partial class TemplateContext
{
    /// <summary>The template of a path, parsed once per context.</summary>
    public Template GetOrCreateTemplate(string templatePath, ScriptNode? callerContext)
    {
        if (!CachedTemplates.TryGetValue(templatePath, out var template))
        {
            template = LoadTemplate(templatePath, callerContext);
            CachedTemplates[templatePath] = template;
        }

        return template;
    }

    public virtual string? GetTemplatePathFromName(string? templateName, ScriptNode? callerContext)
    {
        var span = callerContext?.Span ?? CurrentSpan;
        if (string.IsNullOrEmpty(templateName))
        {
            throw new ScriptRuntimeException(span, "Include template name cannot be null or empty");
        }

        if (TemplateLoader is null)
        {
            throw new ScriptRuntimeException(span, $"Unable to include <{templateName}>. No TemplateLoader registered in TemplateContext.TemplateLoader");
        }

        try
        {
            return TemplateLoader.GetPath(this, span, templateName)
                ?? throw new ScriptRuntimeException(span, $"Include template path is null for `{templateName}");
        }
        catch (Exception exception) when (exception is not ScriptRuntimeException)
        {
            throw new ScriptRuntimeException(span, $"Unexpected exception while getting the path for the include name `{templateName}`", exception);
        }
    }

    /// <summary>Renders a template inside this one; <paramref name="arguments"/> becomes its <c>$</c>.</summary>
    public string RenderTemplate(Template template, ScriptArray arguments, ScriptNode? callerContext)
    {
        EnterRecursive(callerContext);
        var indent = CurrentIndent;
        var atLineStart = _atLineStart;
        CurrentIndent = null;
        _atLineStart = indent is null && atLineStart;
        PushOutput();
        PushLocal();
        try
        {
            SetValue(ScriptVariable.Arguments, arguments, true);
            if (arguments.HasMembers)
            {
                foreach (var (name, value) in arguments.ScriptObject)
                {
                    SetValue(ScriptVariable.Local(name), value);
                }
            }

            return template.Render(this);
        }
        finally
        {
            PopLocal();
            PopOutput();
            CurrentIndent = indent;
            _atLineStart = atLineStart;
            ExitRecursive(callerContext);
        }
    }

    private Template LoadTemplate(string path, ScriptNode? callerContext)
    {
        var span = callerContext?.Span ?? CurrentSpan;
        string text;
        try
        {
            text = TemplateLoader!.Load(this, span, path)
                ?? throw new ScriptRuntimeException(span, $"The result of including `{path}` cannot be null");
        }
        catch (Exception exception) when (exception is not ScriptRuntimeException)
        {
            throw new ScriptRuntimeException(span, $"Unexpected exception while creating template from path `{path}`", exception);
        }

        var template = Template.Parse(text, path, TemplateLoaderParserOptions, TemplateLoaderLexerOptions);
        return template.HasErrors
            ? throw new ScriptParserRuntimeException(span, $"Error while parsing template `{path}`", template.Messages)
            : template;
    }
}

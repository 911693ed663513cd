using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>Template and model → the text of the report. A name that the model lacks is an error, with file, line and column.</summary>
internal static class ReportRenderer
{
    private const int MaxLoops = 20_000_000;

    /// <param name="name">Of a file in the folder; without an extension, of a page.</param>
    /// <exception cref="ReportException">The template is missing, cannot be parsed, or asks for what is not there.</exception>
    public static string Render(TemplateFolder templates, string name, ReportModel model) => Render(templates, name, model, model.Text);

    /// <param name="model">What templates see as <c>report</c>.</param>
    /// <param name="phrases">What they see as <c>text</c>.</param>
    public static string Render(TemplateFolder templates, string name, object model, IReadOnlyDictionary<string, string> phrases) =>
        Render(Parse(templates, Path.HasExtension(name) ? name : name + TemplateFolder.Extension), NewContext(templates),
            new() { ["report"] = model, ["text"] = Words(phrases), ["markdown"] = MarkdownEscape.Functions });

    internal static Template Parse(TemplateFolder templates, string path)
    {
        var template = Template.Parse(templates.Read(path), path);
        return template.HasErrors ? throw new ReportException(string.Join('\n', template.Messages)) : template;
    }

    // The limits of the engine protect servers; a report may be longer than 1 MiB and loop over more than 1,000 rows, but not for ever.
    internal static TemplateContext NewContext(TemplateFolder templates) => new()
    {
        TemplateLoader = templates,
        StrictVariables = true,
        EnableRelaxedMemberAccess = false,
        EnableRelaxedIndexerAccess = false,
        LoopLimit = MaxLoops,
        LimitToString = 0,
        AutoIndent = false,
    };

    internal static string Render(Template template, TemplateContext context, ScriptObject globals)
    {
        context.PushGlobal(globals);
        try
        {
            return PageText.Clean(template.Render(context));
        }
        catch (ScriptRuntimeException error) when (error.GetBaseException() is ReportException own)
        {
            // What the authors wrote is read while the page is printed.
            throw new ReportException(own.Message, error);
        }
        catch (ScriptRuntimeException error)
        {
            throw new ReportException(error.Message, error);
        }
    }

    internal static ScriptObject Words(IReadOnlyDictionary<string, string> texts)
    {
        ScriptObject words = [];
        foreach (var (name, text) in texts)
            words[name] = text;
        return words;
    }
}

using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Pipelines.Tests.Packages.Scriban;

/// <summary>Short ways to render in a test.</summary>
internal static class Templates
{
    public static string Render(string text, TemplateContext context, string? path = null)
    {
        var template = Template.Parse(text, path);
        Assert.False(template.HasErrors, template.Messages.ToString());
        context.NewLine = "\n";
        return template.Render(context);
    }

    /// <summary>Renders with the entries of a dictionary-like model and without limits.</summary>
    public static string Render(string text, params (string Name, object? Value)[] variables)
    {
        var context = new TemplateContext { LoopLimit = 0, LimitToString = 0 };
        context.PushGlobal(Variables(variables));
        return Render(text, context);
    }

    public static ScriptObject Variables(params (string Name, object? Value)[] variables)
    {
        var scriptObject = new ScriptObject();
        foreach (var (name, value) in variables)
        {
            scriptObject.Add(name, value);
        }

        return scriptObject;
    }

    public static ScriptRuntimeException Failure(string text, TemplateContext? context = null, string? path = null)
        => Assert.Throws<ScriptRuntimeException>(() => Render(text, context ?? new TemplateContext(), path));

    public static IReadOnlyList<string> Errors(string text, string? path = null)
        => [.. Template.Parse(text, path).Messages.Select(message => message.ToString())];
}

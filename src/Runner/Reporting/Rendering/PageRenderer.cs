using System.Collections.Concurrent;
using Scriban;
using Scriban.Runtime;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>Pages of a server, from any thread: each template is parsed once, at its first use.</summary>
internal sealed class PageRenderer(string folder)
{
    private readonly ConcurrentDictionary<string, Template> _parsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IReadOnlyDictionary<string, string>, ScriptObject> _words = [];

    /// <param name="page">What templates see as <c>page</c>; what stands around it is <c>frame</c>, the phrases <c>text</c>.</param>
    /// <exception cref="ReportException">The template is missing, cannot be parsed, or asks for what is not there.</exception>
    public string Render(string name, object page, object frame, IReadOnlyDictionary<string, string> phrases)
    {
        var templates = new TemplateFolder(folder);
        var context = ReportRenderer.NewContext(templates);
        foreach (var (path, known) in _parsed)
            context.CachedTemplates[path] = known;
        var template = _parsed.GetOrAdd(name + TemplateFolder.Extension, path => ReportRenderer.Parse(templates, path));
        var words = _words.GetOrAdd(phrases, ReportRenderer.Words);
        var text = ReportRenderer.Render(template, context, new() { ["page"] = page, ["frame"] = frame, ["text"] = words });
        foreach (var (path, parsed) in context.CachedTemplates)
            _parsed.TryAdd(path, parsed);
        return text;
    }
}

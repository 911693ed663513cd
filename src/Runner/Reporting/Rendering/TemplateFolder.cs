using Pipelines.Runner.Execution;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>Finds what a template includes: <c>include 'partials/table'</c>, <c>include 'theme.css'</c>.</summary>
internal sealed class TemplateFolder(string folder) : ITemplateLoader
{
    public const string Extension = ".sbn-html";

    public string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) =>
        Path.HasExtension(templateName) ? templateName : templateName + Extension;

    public string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => Read(templatePath);

    public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
        ValueTask.FromResult<string?>(Read(templatePath));

    /// <exception cref="ReportException">There is no such file.</exception>
    public string Read(string name)
    {
        var path = Path.GetFullPath(name, folder);
        // A template may come from another author than the runner; nothing it includes lies elsewhere.
        if (!path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal))
            throw new ReportException($"the template {name} is outside the folder of templates");
        return FileStamp.IsFile(path) ? File.ReadAllText(path) : throw new ReportException($"the template {path} does not exist");
    }
}

using System.Text.RegularExpressions;
using Pipelines.Runner.Execution;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Pipelines.Runner.Reporting.Rendering;

/// <summary>Finds what a template includes: <c>include 'partials/table'</c>, <c>include 'theme.css'</c>.</summary>
/// <param name="folder">The runner's templates.</param>
/// <param name="own">A folder whose files go before those of the same name; null: there is none.</param>
internal sealed partial class TemplateFolder(string folder, string? own = null) : ITemplateLoader
{
    public const string Extension = ".sbn-html";

    /// <summary>Of templates that are no pages.</summary>
    public const string MarkdownExtension = ".sbn-md";

    public string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) =>
        Path.HasExtension(templateName) ? templateName : templateName + Extension;

    public string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => Included(templatePath);

    public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
        ValueTask.FromResult<string?>(Included(templatePath));

    /// <exception cref="ReportException">There is no such file.</exception>
    public string Read(string name)
    {
        var path = PathOf(name);
        return FileStamp.IsFile(path) ? File.ReadAllText(path) : throw new ReportException($"the template {path} does not exist");
    }

    /// <summary>Where a file is: in the own folder if it is there, else among the runner's.</summary>
    /// <exception cref="ReportException">It would lie in neither.</exception>
    public string PathOf(string name) =>
        own is null || Within(own, name) is var mine && !FileStamp.IsFile(mine) ? Within(folder, name)
        : ProjectFolder.Holds(own, mine) ? mine
        : throw new ReportException($"the template {name} is a link that leads out of its folder");

    public bool Has(string name) => FileStamp.IsFile(PathOf(name));

    /// <summary>Of all files, relative to their folder.</summary>
    public IEnumerable<string> Names() => new[] { own, folder }.OfType<string>()
        .SelectMany(root => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path)))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The file with the name that messages give it.</summary>
    /// <exception cref="ReportException">There is no such file.</exception>
    public Documents.SourceFile Source(string name) => new(Shown(name), Read(name));

    // A style sheet says to its authors why it is so, and not to every reader of a report.
    private string Included(string name) =>
        name.EndsWith(".css", StringComparison.Ordinal) ? Blank().Replace(Comment().Replace(Read(name), ""), "$1") : Read(name);

    [GeneratedRegex(@"/\*.*?\*/\s*|^[ \t]+", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Comment();

    // Of blanks those around signs that need none; a colon before a word may begin a pseudo-class.
    [GeneratedRegex(@"\s*([{};])\s*|(?<=[:,])[ \t]+")]
    private static partial Regex Blank();

    /// <summary>As messages name it.</summary>
    private string Shown(string name)
    {
        var path = PathOf(name);
        var root = own is not null && path.StartsWith(own.TrimEnd('/') + "/", StringComparison.Ordinal) ? own : folder;
        return $"{Path.GetFileName(root.TrimEnd('/'))}/{name}";
    }

    // A template may come from another author than the runner; nothing it includes lies elsewhere.
    private static string Within(string folder, string name)
    {
        var path = Path.GetFullPath(name, folder);
        return path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? path
            : throw new ReportException($"the template {name} is outside the folder of templates");
    }
}

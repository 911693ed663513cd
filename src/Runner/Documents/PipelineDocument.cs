namespace Pipelines.Runner.Documents;

/// <summary>A pipeline file after <c>extends</c>, variables and overrides, with places; no meaning yet.</summary>
/// <param name="Name">Null, with a diagnostic, when it is missing or bad; so for every other member that may be null.</param>
public sealed record PipelineDocument(
    SourceFile Source, YamlScalar? Name, YamlNode? Title, YamlNode? Seed, IReadOnlyList<StageEntry> Stages,
    YamlNode? Expect, YamlNode? Report,
    YamlMap Resolved)
{
    /// <summary>As written: texts that wait for a cell are resolved with them once there is one.</summary>
    internal IReadOnlyDictionary<string, YamlNode> Variables { get; init; } = new Dictionary<string, YamlNode>();

    internal SpreadLimit Spread { get; init; } = new();

    /// <summary>Assemblies with further stage kinds, or folders of their projects, relative to the project root.</summary>
    public IReadOnlyList<YamlScalar> Plugins { get; init; } = [];

    /// <summary>The name of the pipeline that the file extends; null: it extends none.</summary>
    public string? Extended { get; init; }

    /// <summary>What the experiment asks; null where it is not written in this very file, whatever it extends.</summary>
    public YamlNode? Question { get; init; }

    /// <summary>What its authors think the answer is; null as the question.</summary>
    public YamlNode? Hypothesis { get; init; }

    /// <summary>What a document says that was measured.</summary>
    public YamlNode? Reference { get; init; }

    /// <summary>
    /// The document and all findings. It may be there beside errors, so that planning can find more; it must not be run then.
    /// </summary>
    /// <param name="read">The file of this path (relative to the project root), or null.</param>
    public static Checked<PipelineDocument> Parse(SourceFile source, Func<string, SourceFile?> read, Overrides overrides)
    {
        List<Diagnostic> diagnostics = [];
        ExtendsReader files = new(read, diagnostics);
        var root = files.Read(source);
        if (root is null)
            return new(null, diagnostics);
        root = overrides.Over(root, diagnostics);
        var reader = new DocumentReader(source, diagnostics);
        return new(reader.Read(root) with { Extended = files.Extended }, diagnostics);
    }
}

/// <summary>One stage as written.</summary>
/// <param name="Uses">The kind.</param>
/// <param name="With">The parameters.</param>
public sealed record StageEntry(YamlScalar Id, YamlScalar? Uses, IReadOnlyList<FromEntry> From, YamlMap? With)
{
    /// <summary>A shell command in the place of a kind; <c>uses</c> is <c>run</c> then, and the command one of the parameters.</summary>
    public YamlScalar? Run { get; init; }

    public YamlNode? Outputs { get; init; }

    public YamlNode? Matrix { get; init; }

    /// <summary>Instead of the pipeline's.</summary>
    public YamlNode? Seed { get; init; }

    public YamlNode? If { get; init; }

    public YamlNode? Cost { get; init; }

    public YamlNode? Retries { get; init; }

    public YamlNode? Timeout { get; init; }

    /// <summary>Its heading in the report, instead of its kind's.</summary>
    public YamlNode? Title { get; init; }

    /// <summary>The chapter that it is told in, instead of its kind's.</summary>
    public YamlNode? Section { get; init; }

    public YamlNode? Resources { get; init; }

    public YamlNode? On { get; init; }
}

/// <summary>One port of <c>from</c> with its sources.</summary>
/// <param name="Port">Null when only a source is given.</param>
/// <param name="IsList">Written as a list, which only a port that gathers takes.</param>
/// <param name="IsEmpty">Written as an empty list; without it, a source that is missing here has been reported.</param>
public sealed record FromEntry(YamlScalar? Port, IReadOnlyList<SourceReference> Sources, bool IsList, bool IsEmpty, SourceSpan At);

/// <param name="Port">Null when only a stage is named.</param>
public sealed record SourceReference(string Stage, string? Port, YamlScalar Written);

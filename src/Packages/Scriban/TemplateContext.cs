using System.Globalization;
using Scriban.Functions;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban;

/// <summary>Everything a rendering needs: variables, functions, limits, culture, output. Not for use by two threads at once.</summary>
public partial class TemplateContext : IFormatProvider
{
    private readonly Stack<CultureInfo> _cultures = new();
    private readonly Stack<string> _sourceFiles = new();

    public TemplateContext()
        : this(null, null)
    {
    }

    public TemplateContext(ScriptObject? builtin)
        : this(builtin, null)
    {
    }

    public TemplateContext(IEqualityComparer<string>? keyComparer)
        : this(null, keyComparer)
    {
    }

    public TemplateContext(ScriptObject? builtin, IEqualityComparer<string>? keyComparer)
    {
        BuiltinObject = builtin ?? GetDefaultBuiltinObject();
        _accessors = new Runtime.Accessors.ObjectAccessors(this, keyComparer);
        _outputs.Push(new StringBuilderOutput());
        PushGlobal(BuiltinObject);
    }

    public ScriptObject BuiltinObject { get; }

    public ITemplateLoader? TemplateLoader { get; set; }

    public ParserOptions TemplateLoaderParserOptions { get; set; } = ParserOptions.Default;

    public LexerOptions TemplateLoaderLexerOptions { get; set; } = LexerOptions.Default;

    public Dictionary<string, Template> CachedTemplates { get; } = [];

    public MemberRenamerDelegate MemberRenamer { get; set; } = StandardMemberRenamer.Default;

    public MemberFilterDelegate? MemberFilter { get; set; }

    public CancellationToken CancellationToken { get; set; }

    public TimeSpan RegexTimeOut { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Anything a function wants to remember between calls.</summary>
    public Dictionary<object, object> Tags { get; } = [];

    /// <summary>Fails on an unknown variable instead of giving null.</summary>
    public bool StrictVariables { get; set; }

    /// <summary>Gives null for a member of null.</summary>
    public bool EnableRelaxedTargetAccess { get; set; }

    /// <summary>Gives null for an unknown member; on by default.</summary>
    public bool EnableRelaxedMemberAccess { get; set; } = true;

    /// <summary>Gives null for a call of an unknown function.</summary>
    public bool EnableRelaxedFunctionAccess { get; set; }

    /// <summary>Gives null for an index outside of a list; on by default.</summary>
    public bool EnableRelaxedIndexerAccess { get; set; } = true;

    /// <summary>Gives null for a null index.</summary>
    public bool EnableNullIndexer { get; set; }

    public CultureInfo CurrentCulture => _cultures.TryPeek(out var culture) ? culture : CultureInfo.InvariantCulture;

    public int CultureCount => _cultures.Count;

    /// <summary>Path of the template being rendered.</summary>
    public string? CurrentSourceFile => _sourceFiles.TryPeek(out var path) ? path : null;

    public int SourceFileCount => _sourceFiles.Count;

    /// <summary>The call being evaluated.</summary>
    public ScriptNode? CurrentNode { get; internal set; }

    public SourceSpan CurrentSpan => CurrentNode?.Span ?? default;

    internal ScriptFlowState FlowState { get; set; }

    /// <summary>A fresh copy of the builtin functions.</summary>
    public static ScriptObject GetDefaultBuiltinObject() => new BuiltinFunctions();

    public object? GetFormat(Type? formatType) => CurrentCulture.GetFormat(formatType);

    public void PushCulture(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        _cultures.Push(culture);
    }

    public CultureInfo PopCulture() => _cultures.TryPop(out var culture)
        ? culture
        : throw new InvalidOperationException("Cannot PopCulture more than PushCulture");

    public void PushSourceFile(string sourceFile)
    {
        ArgumentNullException.ThrowIfNull(sourceFile);
        _sourceFiles.Push(sourceFile);
    }

    public string PopSourceFile() => _sourceFiles.TryPop(out var path)
        ? path
        : throw new InvalidOperationException("Cannot PopSourceFile more than PushSourceFile");

    /// <summary>Evaluates a part of a template.</summary>
    public object? Evaluate(ScriptNode? scriptNode) => scriptNode?.Evaluate(this);

    /// <summary>Back to the state of a new context; options and builtins stay.</summary>
    public virtual void Reset()
    {
        while (OutputCount > 1)
        {
            PopOutput();
        }

        (Output as StringBuilderOutput)?.Builder.Clear();
        while (GlobalCount > 1)
        {
            PopGlobal();
        }

        _cultures.Clear();
        _sourceFiles.Clear();
        CachedTemplates.Clear();
        _accessors.Clear();
        ResetOutputLimit();
    }
}

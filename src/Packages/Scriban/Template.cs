using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban;

/// <summary>A parsed template. Parsing never throws; rendering a template with errors does.</summary>
public partial class Template
{
    private Template(string? sourceFilePath, ParserOptions parserOptions, LexerOptions lexerOptions)
    {
        SourceFilePath = sourceFilePath;
        ParserOptions = parserOptions;
        LexerOptions = lexerOptions;
    }

    public string? SourceFilePath { get; }

    public ScriptPage? Page { get; private init; }

    public LogMessageBag Messages { get; } = new();

    public bool HasErrors => Messages.HasErrors;

    public ParserOptions ParserOptions { get; }

    public LexerOptions LexerOptions { get; }

    /// <summary>Parses a template; <paramref name="sourceFilePath"/> names it in messages.</summary>
    public static Template Parse(string text, string? sourceFilePath = null, ParserOptions? parserOptions = null, LexerOptions? lexerOptions = null)
    {
        parserOptions ??= ParserOptions.Default;
        lexerOptions ??= LexerOptions.Default;
        var parser = new Parser(new Lexer(text ?? string.Empty, sourceFilePath, lexerOptions), parserOptions);
        var template = new Template(sourceFilePath, parserOptions, lexerOptions) { Page = parser.Run() };
        template.Messages.AddRange(parser.Messages);
        return template;
    }

    /// <summary>Value of an expression written without braces.</summary>
    public static object? Evaluate(string expression, TemplateContext context) => ParseExpression(expression).Evaluate(context);

    public static object? Evaluate(string expression, object model, MemberRenamerDelegate? memberRenamer = null, MemberFilterDelegate? memberFilter = null)
        => ParseExpression(expression).Evaluate(model, memberRenamer, memberFilter);

    /// <summary>Evaluates the template for its value, without output.</summary>
    public object? Evaluate(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var enabled = context.EnableOutput;
        context.EnableOutput = false;
        try
        {
            return Run(context, render: false);
        }
        finally
        {
            context.EnableOutput = enabled;
        }
    }

    public object? Evaluate(object? model = null, MemberRenamerDelegate? memberRenamer = null, MemberFilterDelegate? memberFilter = null)
        => Evaluate(ContextOf(model, memberRenamer, memberFilter));

    /// <exception cref="InvalidOperationException">The template has errors.</exception>
    /// <exception cref="ScriptRuntimeException">Evaluation failed; the message names the place.</exception>
    public string Render(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Run(context, render: true);
        var text = context.Output.ToString();
        (context.Output as StringBuilderOutput)?.Builder.Clear();
        return text ?? string.Empty;
    }

    /// <summary>Renders with the renamed members of a model, or the entries of a script object or dictionary, as variables; all limits are on.</summary>
    public string Render(object? model = null, MemberRenamerDelegate? memberRenamer = null, MemberFilterDelegate? memberFilter = null)
        => Render(ContextOf(model, memberRenamer, memberFilter));

    public ValueTask<string> RenderAsync(TemplateContext context) => new(Render(context));

    public ValueTask<string> RenderAsync(object? model = null, MemberRenamerDelegate? memberRenamer = null, MemberFilterDelegate? memberFilter = null)
        => new(Render(model, memberRenamer, memberFilter));

    private static Template ParseExpression(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return Parse(expression, lexerOptions: new LexerOptions { Mode = ScriptMode.ScriptOnly });
    }

    private static TemplateContext ContextOf(object? model, MemberRenamerDelegate? memberRenamer, MemberFilterDelegate? memberFilter)
    {
        var variables = new ScriptObject();
        variables.Import(model, memberFilter, memberRenamer);
        var context = new TemplateContext { MemberRenamer = memberRenamer ?? StandardMemberRenamer.Default, MemberFilter = memberFilter };
        context.PushGlobal(variables);
        return context;
    }

    private object? Run(TemplateContext context, bool render)
    {
        if (HasErrors)
        {
            throw new InvalidOperationException(
                "This template has errors. Check the <Template.HasError> and <Template.Messages> before evaluating a template. Messages:\n" + string.Join("\n", Messages));
        }

        if (SourceFilePath is not null)
        {
            context.PushSourceFile(SourceFilePath);
        }

        try
        {
            var result = Page?.Evaluate(context);
            if (render && context.EnableOutput)
            {
                context.Write(Page?.Span ?? default, result);
            }

            return result;
        }
        finally
        {
            if (SourceFilePath is not null)
            {
                context.PopSourceFile();
            }
        }
    }
}

using System.Runtime.CompilerServices;
using Scriban.Syntax;

namespace Scriban.Parsing;

/// <summary>Builds the syntax tree of a template; what is wrong goes into <see cref="Messages"/>, never into an exception.</summary>
internal sealed partial class Parser
{
    private readonly Lexer _lexer;
    private readonly ParserOptions _options;
    private readonly Queue<Token> _ahead = new();
    private Token _current;
    private Token _previous = Token.Eof;
    private int _depth;
    private bool _stopped;

    /// <summary>Above zero a line break is like a blank.</summary>
    private int _skippingNewLines;

    public Parser(Lexer lexer, ParserOptions options)
    {
        _lexer = lexer;
        _options = options;
        _inCode = lexer.InScript;
        NextToken();
    }

    public LogMessageBag Messages { get; } = new();

    public ScriptPage Run()
    {
        var page = Open(new ScriptPage());
        try
        {
            page.Body = ParseBlock(page);
        }
        catch (TooDeepException)
        {
            // The message is logged where the limit was met; nothing sensible can follow it.
        }

        Messages.AddRange(_lexer.Errors);
        return Close(page);
    }

    private T Open<T>(T node)
        where T : ScriptNode
    {
        node.Source = _lexer.Text;
        node.Span = new SourceSpan(_lexer.Path, _current.Start, _current.Start);
        return node;
    }

    /// <summary>Opens a node that starts where another one does.</summary>
    private T OpenAt<T>(ScriptNode first, T node)
        where T : ScriptNode
    {
        node.Source = _lexer.Text;
        node.Span = first.Span;
        return node;
    }

    private T Close<T>(T node)
        where T : ScriptNode
    {
        node.Span = new SourceSpan(_lexer.Path, node.Span.Start, _previous.End);
        return node;
    }

    private void NextToken()
    {
        _previous = _current;
        do
        {
            _current = _ahead.TryDequeue(out var token) ? token : _lexer.Next();
        }
        while (_skippingNewLines > 0 && _current.Type == TokenType.NewLine);
    }

    private Token PeekToken()
    {
        foreach (var token in _ahead)
        {
            if (_skippingNewLines == 0 || token.Type != TokenType.NewLine)
            {
                return token;
            }
        }

        while (true)
        {
            var token = _lexer.Next();
            _ahead.Enqueue(token);
            if (_skippingNewLines == 0 || token.Type != TokenType.NewLine)
            {
                return token;
            }
        }
    }

    private bool Is(TokenType type) => _current.Type == type;

    private bool IsWord(string word) => Is(TokenType.Identifier) && TextOf(_current) == word;

    private string TextOf(Token token) => token.TextIn(_lexer.Text).ToString();

    /// <summary>The current token as a message shows it, control characters spelled out.</summary>
    private string Shown() => string.Concat(TextOf(_current).Select(c => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsControl(c) => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    }));

    private void Expect(TokenType type)
    {
        if (!Is(type))
        {
            LogError($"Unexpected token found `{Shown()}` while expecting `{Operators.Spell(type)}`.");
        }

        NextToken();
    }

    private void LogError(string text) => LogError(SpanOf(_current), text);

    private void LogError(SourceSpan span, string text) => Messages.Add(new LogMessage(ParserMessageType.Error, span, text));

    private void LogError(ScriptNode node, SourceSpan span, string text)
        => LogError(span, $"Error while parsing {node.Grammar.Name}: {text} in: {node.Grammar.Example}");

    private SourceSpan SpanOf(Token token) => new(_lexer.Path, token.Start, token.End);

    /// <exception cref="TooDeepException">The template nests deeper than the limit, or than the stack allows.</exception>
    private void Enter()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            LogError(SpanOf(_previous), "The parser recursive depth limit was reached near a stack overflow");
            throw new TooDeepException();
        }

        _depth++;
        if (_options.ExpressionDepthLimit > 0 && _depth > _options.ExpressionDepthLimit)
        {
            LogError(SpanOf(_previous), $"The statement depth limit `{_options.ExpressionDepthLimit}` was reached when parsing this statement");
            throw new TooDeepException();
        }
    }

    private sealed class TooDeepException : Exception;
}

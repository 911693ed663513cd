using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    private ScriptObjectInitializerExpression ParseObject()
    {
        var initializer = Open(new ScriptObjectInitializerExpression());
        _skippingNewLines++;
        bool valid;
        try
        {
            NextToken();
            valid = ParseMembers(initializer);
        }
        finally
        {
            _skippingNewLines--;
        }

        if (valid)
        {
            Expect(TokenType.CloseBrace);
        }

        return Close(initializer);
    }

    private bool ParseMembers(ScriptObjectInitializerExpression initializer)
    {
        while (!Is(TokenType.CloseBrace))
        {
            if (_current.Type is not (TokenType.Identifier or TokenType.String or TokenType.VerbatimString))
            {
                LogError($"Unexpected token `{Shown()}` while parsing object initializer. Expecting a simple identifier for the member name.");
                return false;
            }

            if (ParseMemberName() is not { } name || ParseMemberValue(initializer, name) is not { } value)
            {
                return false;
            }

            initializer.Members.Add((name, value));
            if (!Is(TokenType.Comma))
            {
                return true;
            }

            NextToken();
        }

        return true;
    }

    private string? ParseMemberName()
    {
        var at = SpanOf(_current);
        switch (Is(TokenType.Identifier) ? ParseVariable() : ParseOperand(null!))
        {
            case ScriptVariable variable:
                return variable.Name;
            case ScriptLiteral { Value: string text }:
                return text;
            case ScriptLiteral literal:
                LogError(at, $"Invalid literal member `{literal.Value}/{literal.Value?.GetType()}` found for object initializer member name. Only literal string or identifier name are allowed");
                return null;
            case var other:
                LogError(at, $"Unexpected member type `{other}/{other?.Grammar.Name ?? "unknown"}` found for object initializer member name");
                return null;
        }
    }

    private ScriptExpression? ParseMemberValue(ScriptObjectInitializerExpression initializer, string name)
    {
        if (!Is(TokenType.Colon))
        {
            LogError($"Unexpected token `{Shown()}` Expecting a colon : after identifier `{name}` for object initializer member name");
            return null;
        }

        NextToken();
        if (IsStartOfExpression())
        {
            return ParseExpression(initializer);
        }

        LogError($"Unexpected token `{Shown()}`. Expecting an expression for the value of the member.");
        return null;
    }
}

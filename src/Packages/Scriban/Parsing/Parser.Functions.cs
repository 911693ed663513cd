using Scriban.Syntax;

namespace Scriban.Parsing;

internal sealed partial class Parser
{
    private ScriptFunction ParseFunction(bool isAnonymous)
    {
        var function = OpenWord(new ScriptFunction());
        var level = _expressionLevel;
        _expressionLevel = 0;
        try
        {
            function.Name = isAnonymous ? null : ExpectVariable(function);
            if (Is(TokenType.OpenParen))
            {
                function.Parameters = ParseParameters(function);
            }

            ExpectEndOfStatement();
            function.Body = ParseBlock(function, endsStatement: !isAnonymous);
        }
        finally
        {
            _expressionLevel = level;
        }

        return Close(function);
    }

    private List<ScriptParameter> ParseParameters(ScriptFunction function)
    {
        var parameters = new List<ScriptParameter>();
        NextToken();
        while (!Is(TokenType.CloseParen))
        {
            if (parameters.Count > 0)
            {
                if (Is(TokenType.Comma))
                {
                    NextToken();
                }
                else
                {
                    LogError("Expecting a comma to separate arguments in a function call.");
                }
            }

            if (!IsStartOfExpression())
            {
                LogError("Expecting an expression for argument function calls instead of this token.");
                break;
            }

            if (ExpectVariable(function) is not { } variable)
            {
                break;
            }

            parameters.Add(ParseParameter(variable, parameters));
        }

        if (Is(TokenType.CloseParen))
        {
            NextToken();
        }
        else
        {
            LogError("Expecting a closing parenthesis for a function call.");
        }

        return parameters;
    }

    private ScriptParameter ParseParameter(ScriptVariable variable, List<ScriptParameter> before)
    {
        if (variable.IsLocal)
        {
            LogError(variable.Span, "Expecting only a simple name parameter for a function");
        }

        var gathered = before.Exists(parameter => parameter.IsGathering);
        switch (_current.Type)
        {
            case TokenType.Equal:
                if (gathered)
                {
                    LogError(variable.Span, "Cannot declare an optional parameter after a variable parameter (`...`).");
                }

                NextToken();
                return new ScriptParameter(variable.Name, true, ParseDefaultValue(variable), false);
            case TokenType.TripleDot:
                if (gathered)
                {
                    LogError(variable.Span, "Cannot declare multiple variable parameters.");
                }

                NextToken();
                return new ScriptParameter(variable.Name, false, null, true);
            default:
                if (gathered || before.Exists(parameter => parameter.IsOptional))
                {
                    LogError(variable.Span, "Cannot declare a normal parameter after an optional parameter.");
                }

                return new ScriptParameter(variable.Name, false, null, false);
        }
    }

    private object? ParseDefaultValue(ScriptVariable variable)
    {
        if (ExpectExpression(variable) is ScriptLiteral literal)
        {
            return literal.Value;
        }

        LogError(variable.Span, "Expecting only a literal for an optional parameter value.");
        return null;
    }

    /// <summary>Turns <c>f(x, y)</c> before an equals sign into the declaration of a function.</summary>
    private ScriptFunctionDeclaration DeclareFunction(ScriptFunctionCall call, bool allowed)
    {
        if (!allowed)
        {
            LogError(call, call.Span, "Creating a function is only allowed for a top level assignment");
        }

        var function = OpenAt(call, new ScriptFunction
        {
            Name = (ScriptVariable)call.Target,
            Parameters = [.. call.Arguments.Select(argument => new ScriptParameter(((ScriptVariable)argument).Name, false, null, false))],
        });
        NextToken();
        function.Body = ParseExpressionStatement();
        return OpenAt(call, new ScriptFunctionDeclaration(Close(function)));
    }

    private ScriptVariable? ExpectVariable(ScriptNode owner)
    {
        if (_current.Type is not (TokenType.Identifier or TokenType.IdentifierSpecial))
        {
            LogError(owner, SpanOf(_current), $"Expecting a variable instead of `{Shown()}`");
            return null;
        }

        var expression = ParseVariable();
        if (expression is ScriptVariable variable)
        {
            return variable;
        }

        LogError(owner, owner.Span, $"Unexpected variable `{expression}`");
        return null;
    }
}

namespace Scriban.Syntax;

internal enum ScriptUnaryOperator
{
    Not,
    Negate,
    Plus,

    /// <summary><c>@</c>: the function itself.</summary>
    Alias,

    /// <summary><c>^</c>: each element of a list as an argument.</summary>
    Expand,
}

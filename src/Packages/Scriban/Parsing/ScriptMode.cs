namespace Scriban.Parsing;

public enum ScriptMode
{
    /// <summary>Text with code between braces.</summary>
    Default,

    /// <summary>Code alone, without braces around it.</summary>
    ScriptOnly = 3,
}

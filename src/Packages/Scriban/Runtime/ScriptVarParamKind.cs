namespace Scriban.Runtime;

public enum ScriptVarParamKind
{
    /// <summary>A fixed number of parameters.</summary>
    None,

    /// <summary>Every argument goes straight into the argument array.</summary>
    Direct,

    /// <summary>The last parameter gathers the remaining arguments.</summary>
    LastParameter,
}

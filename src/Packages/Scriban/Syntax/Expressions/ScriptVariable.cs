namespace Scriban.Syntax;

/// <summary>A variable; the name of a local one starts with a dollar sign.</summary>
internal sealed class ScriptVariable(string name) : ScriptPathExpression
{
    /// <summary>The arguments of the running function or include.</summary>
    public static readonly ScriptVariable Arguments = new("$");

    /// <summary>The body of the <c>wrap</c> that called the running function.</summary>
    public static readonly ScriptVariable BlockDelegate = new("$$");

    public string Name => name;

    public bool IsLocal { get; } = name.StartsWith('$');

    internal override (string Name, string Example) Grammar => ("variable", "<variable_name>");

    public static ScriptVariable Local(string name) => new("$" + name);

    public override object? GetValue(TemplateContext context) => context.GetValue(this);

    public override void SetValue(TemplateContext context, object? value) => context.SetValue(this, value);

    internal override string Describe() => name;
}

namespace TorchSharp.Utils;

/// <summary>The name of a field in the state dictionary, where it is not the field's own.</summary>
[AttributeUsage(AttributeTargets.All)]
public class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Layers;

/// <summary>A layer in the settings of a model: its members after its name.</summary>
internal sealed class LayerJson : JsonConverter<Layer>
{
    private const string NameKey = "layer";

    public override Layer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var members = JsonNode.Parse(ref reader)!.AsObject();
        var name = (string?)members[NameKey];
        var layer = Array.Find(typeof(Layer).GetNestedTypes(), type => type.IsSealed && NameOf(type) == name)
            ?? throw new JsonException($"There is no layer '{name}'.");
        members.Remove(NameKey);
        return (Layer)members.Deserialize(layer, options)!;
    }

    public override void Write(Utf8JsonWriter writer, Layer value, JsonSerializerOptions options)
    {
        var members = JsonSerializer.SerializeToNode(value, value.GetType(), options)!.AsObject();
        members.Insert(0, NameKey, NameOf(value.GetType()));
        members.WriteTo(writer, options);
    }

    /// <summary>As in a pipeline file.</summary>
    public static string NameOf(Type layer) => PortName.Dashed(layer.Name);
}

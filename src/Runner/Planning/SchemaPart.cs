using System.Diagnostics;
using System.Text.Json.Nodes;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>The part of the schema that describes the parameters of one kind.</summary>
/// <param name="definitions">Gets a union that holds itself, which the schema then refers to.</param>
internal sealed class SchemaPart(StageKind kind, JsonObject definitions)
{
    // By type, the path of a union while it is described, and those that were met in themselves.
    private readonly Dictionary<Type, string> _unions = [];
    private readonly HashSet<Type> _nested = [];

    public JsonObject Record(RecordSpec record, string path)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach (var parameter in record.Parameters)
        {
            properties[parameter.Name] = Parameter(parameter, path.Length == 0 ? parameter.Name : $"{path}.{parameter.Name}");
            if (parameter.Required)
                required.Add(parameter.Name);
        }
        JsonObject schema = new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    /// <summary>Any value may come from a variable instead.</summary>
    public static JsonObject OrVariable(JsonObject schema)
    {
        JsonObject variable = new() { ["type"] = "string", ["pattern"] = "\\$\\{" };
        JsonObject result = [];
        if (schema["description"] is { } description)
        {
            schema.Remove("description");
            result["description"] = description;
        }
        result["anyOf"] = new JsonArray(schema, variable);
        return result;
    }

    private JsonObject Parameter(ParameterSpec parameter, string path)
    {
        var words = kind.Manifest.Parameters.GetValueOrDefault(path);
        var schema = OrVariable(Shape(parameter.Shape, path));
        JsonObject result = [];
        if (words?.Text.In("en") is { Length: > 0 } text)
            result["description"] = text;
        if (Default(parameter) is { } value)
            result["default"] = value;
        if (words?.Examples is { Count: > 0 } examples)
            result["examples"] = new JsonArray([.. examples.Select(Example)]);
        result["anyOf"] = schema["anyOf"]!.DeepClone();
        return result;
    }

    private JsonObject Shape(ParameterShape shape, string path)
    {
        var schema = shape switch
        {
            ParameterShape.Text => WithLimits(new() { ["type"] = new JsonArray("string", "number", "boolean") }, path, isNumber: false),
            ParameterShape.File => new() { ["type"] = "string" },
            ParameterShape.Truth => new() { ["type"] = "boolean" },
            ParameterShape.WholeNumber => WithLimits(new() { ["type"] = "integer" }, path, isNumber: true),
            ParameterShape.Number => WithLimits(new() { ["type"] = "number" }, path, isNumber: true),
            ParameterShape.Choice choice => new() { ["enum"] = new JsonArray([.. choice.Words.Select(word => (JsonNode)word)]) },
            ParameterShape.ListOf list => List(list, path),
            ParameterShape.MapOf map => new() { ["type"] = "object", ["additionalProperties"] = OrVariable(Shape(map.Element, path)) },
            ParameterShape.RecordOf record => Record(record.Record, path),
            ParameterShape.UnionOf union => Union(union, path),
            ParameterShape.Again again => Again(again.Type),
            _ => throw new UnreachableException(shape.ToString()),
        };
        if (!shape.Nullable)
            return schema;
        JsonArray nothing = shape is ParameterShape.Text ? [null] : [null, "auto", "none"];
        return new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["enum"] = nothing }) };
    }

    private JsonObject List(ParameterShape.ListOf list, string path) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "array", ["items"] = OrVariable(Shape(list.Element, path)) },
            Shape(list.Element, path)),
    };

    private JsonObject Union(ParameterShape.UnionOf union, string path)
    {
        _unions[union.Type] = path;
        JsonArray words = [];
        JsonObject cases = [];
        foreach (var (name, record) in union.Cases)
        {
            if (record.Parameters.All(parameter => !parameter.Required))
                words.Add(name);
            cases[name] = Case(name, record, $"{path}.{name}");
        }
        JsonObject map = new()
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["additionalProperties"] = false,
            ["properties"] = cases,
        };
        var schema = words.Count == 0 ? map : new() { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = words }, map) };
        if (!_nested.Contains(union.Type))
            return schema;
        definitions[$"{kind.Spec.Kind}.{path}"] = schema;
        return Reference(path);
    }

    private JsonObject Again(Type union)
    {
        _nested.Add(union);
        return Reference(_unions[union]);
    }

    private JsonObject Reference(string path) => new() { ["$ref"] = $"#/definitions/{Pointer($"{kind.Spec.Kind}.{path}")}" };

    /// <summary>The name of a definition in a reference to it.</summary>
    public static string Pointer(string definition) => definition.Replace("/", "~1", StringComparison.Ordinal);

    private JsonObject Case(string name, RecordSpec record, string path)
    {
        JsonObject schema = [];
        if (kind.Manifest.Parameters.GetValueOrDefault(path)?.Text.In("en") is { Length: > 0 } text)
            schema["description"] = text;
        JsonArray ways = [Record(record, path), new JsonObject { ["type"] = "null" }];
        if (record.Parameters is [var first, ..])
            ways.Add((JsonNode)OrVariable(Shape(first.Shape, $"{path}.{first.Name}")));
        schema["anyOf"] = ways;
        return schema;
    }

    private JsonObject WithLimits(JsonObject schema, string path, bool isNumber)
    {
        if (kind.Manifest.Parameters.GetValueOrDefault(path) is not { } limits)
            return schema;
        if (limits.Choices is { } choices && !isNumber)
            return new() { ["enum"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice)]) };
        Add("minimum", limits.Min);
        Add("maximum", limits.Max);
        Add("exclusiveMinimum", limits.Above);
        Add("exclusiveMaximum", limits.Below);
        return schema;

        void Add(string key, double? bound)
        {
            if (bound is { } value)
                schema[key] = value;
        }
    }

    private static JsonNode? Example(YamlNode node) => node switch
    {
        YamlList list => new JsonArray([.. list.Items.Select(Example)]),
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Example(entry.Value)))),
        YamlScalar { IsNull: true } => null,
        YamlScalar { IsPlain: true } scalar when CoreSchema.TryBoolean(scalar.Text, out var truth) => truth,
        YamlScalar { IsPlain: true } scalar when CoreSchema.TryWholeNumber(scalar.Text, out var whole) => whole,
        YamlScalar { IsPlain: true } scalar when CoreSchema.TryNumber(scalar.Text, out var number) => number,
        _ => ((YamlScalar)node).Text,
    };

    private static JsonNode? Default(ParameterSpec parameter) => parameter.Default switch
    {
        string text => text,
        bool truth => truth,
        int number => number,
        long number => number,
        double number => number,
        float number => number,
        Enum word => PortName.Dashed(word.ToString()),
        _ => null,
    };
}

using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>Artifact sets as JSON: all that is needed to have them again without opening the objects.</summary>
internal static class ArtifactJson
{
    public static void Write(Utf8JsonWriter json, ArtifactSet set)
    {
        json.WriteStartObject();
        foreach (var port in set.ByPort.Keys.Order(StringComparer.Ordinal))
        {
            json.WriteStartArray(port);
            foreach (var artifact in set.ByPort[port])
                Write(json, artifact);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    public static ArtifactSet Read(JsonElement json, StoreLayout layout)
    {
        var ports = new Dictionary<string, IReadOnlyList<Artifact>>(StringComparer.Ordinal);
        foreach (var port in json.EnumerateObject())
            ports.Add(port.Name, port.Value.ReadAll(artifact => ReadArtifact(artifact, layout)));
        return new(ports);
    }

    private static void Write(Utf8JsonWriter json, Artifact artifact)
    {
        json.WriteStartObject();
        json.WriteString("artifact", artifact.GetType().Name.ToLowerInvariant());
        json.WriteString("id", artifact.Id.Hex);
        switch (artifact)
        {
            case Table table:
                json.WriteNumber("rows", table.Rows);
                json.WriteString("encoding", table.EncodingHash.Hex);
                WriteColumns(json, table.Columns);
                break;
            case Model model:
                json.WriteString("architecture", model.Architecture);
                break;
            case Metrics metrics:
                json.WriteStartObject("values");
                foreach (var name in metrics.Values.Keys.Order(StringComparer.Ordinal))
                    json.WriteNumberOrWord(name, metrics.Values[name]);
                json.WriteEndObject();
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, IReadOnlyList<Column> columns)
    {
        json.WriteStartArray("columns");
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.ToString());
            json.WriteString("hash", column.Hash.Hex);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static Artifact ReadArtifact(JsonElement json, StoreLayout layout)
    {
        var id = json.GetHash("id");
        var folder = layout.Object(id);
        return json.GetText("artifact") switch
        {
            "table" => new Table(id, folder, json.GetProperty("rows").GetInt64(), ReadColumns(json.GetProperty("columns")), json.GetHash("encoding")),
            "model" => new Model(id, folder, json.GetText("architecture")),
            "metrics" => new Metrics(id, folder, ReadValues(json.GetProperty("values"))),
            "card" => new Card(id, folder),
            var other => throw new JsonException($"There is no artifact '{other}'."),
        };
    }

    private static IReadOnlyList<Column> ReadColumns(JsonElement json) =>
        json.ReadAll(column => new Column(column.GetText("name"), ColumnType.Parse(column.GetText("type")), column.GetHash("hash")));

    // In the order of the file, which is that of the names.
    private static Dictionary<string, double> ReadValues(JsonElement json)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var item in json.EnumerateObject())
            values.Add(item.Name, item.Value.GetNumberOrWord());
        return values;
    }
}

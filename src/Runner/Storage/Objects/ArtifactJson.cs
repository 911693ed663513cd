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

    /// <param name="json">Before the object of ports.</param>
    public static ArtifactSet Read(ref Utf8JsonReader json, StoreLayout layout)
    {
        var ports = new Dictionary<string, IReadOnlyList<Artifact>>(StringComparer.Ordinal);
        json.Enter(JsonTokenType.StartObject);
        while (json.NextMember())
        {
            var port = json.Name();
            var artifacts = new List<Artifact>(1);
            json.Enter(JsonTokenType.StartArray);
            while (json.NextObject())
                artifacts.Add(ReadArtifact(ref json, layout));
            ports.Add(port, artifacts);
        }
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

    // Which members there are depends on the kind of artifact, which is the first of them.
    private static Artifact ReadArtifact(ref Utf8JsonReader json, StoreLayout layout)
    {
        string? kind = null, architecture = null;
        ContentHash id = default, encoding = default;
        long rows = -1;
        IReadOnlyList<Column>? columns = null;
        Dictionary<string, double>? values = null;
        while (json.NextMember())
            switch (json.Name())
            {
                case "artifact":
                    kind = json.Text();
                    break;
                case "id":
                    id = json.Hash();
                    break;
                case "rows":
                    rows = json.Whole();
                    break;
                case "encoding":
                    encoding = json.Hash();
                    break;
                case "columns":
                    columns = ReadColumns(ref json);
                    break;
                case "architecture":
                    architecture = json.Text();
                    break;
                case "values":
                    values = ReadValues(ref json);
                    break;
            }
        if (id.Hex is null)
            throw new JsonException("An artifact has no id.");
        var folder = layout.Object(id);
        return kind switch
        {
            "table" when columns is not null && rows >= 0 && encoding.Hex is not null => new Table(id, folder, rows, columns, encoding),
            "model" when architecture is not null => new Model(id, folder, architecture),
            "metrics" when values is not null => new Metrics(id, folder, values),
            "card" => new Card(id, folder),
            _ => throw new JsonException($"There is no artifact '{kind}', or it lacks something."),
        };
    }

    private static List<Column> ReadColumns(ref Utf8JsonReader json)
    {
        var columns = new List<Column>();
        json.Enter(JsonTokenType.StartArray);
        while (json.NextObject())
        {
            string? name = null, type = null;
            ContentHash hash = default;
            while (json.NextMember())
                switch (json.Name())
                {
                    case "name":
                        name = json.Text();
                        break;
                    case "type":
                        type = json.Text();
                        break;
                    case "hash":
                        hash = json.Hash();
                        break;
                }
            columns.Add(name is not null && type is not null && hash.Hex is not null
                ? new(name, ColumnType.Parse(type), hash)
                : throw new JsonException("A column lacks something."));
        }
        return columns;
    }

    // In the order of the file, which is that of the names.
    private static Dictionary<string, double> ReadValues(ref Utf8JsonReader json)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        json.Enter(JsonTokenType.StartObject);
        while (json.NextMember())
            values.Add(json.Name(), json.NumberOrWord());
        return values;
    }
}

using System.Text.Json.Nodes;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Shell;
using static Pipelines.Runner.Planning.DocumentSchema;

namespace Pipelines.Runner.Planning;

/// <summary>The JSON schema of pipeline files (draft 7, which editors know best), written from all specs and manifests.</summary>
public sealed class PipelineSchema
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    private readonly StageCatalog _catalog;

    private PipelineSchema(StageCatalog catalog) => _catalog = catalog;

    /// <summary>The same text for the same kinds; what is wrong with manifests is reported.</summary>
    public static Checked<string> Write(StageCatalog catalog)
    {
        List<Diagnostic> diagnostics = [];
        foreach (var kind in catalog.Kinds)
            diagnostics.AddRange(catalog.Find(kind)?.Diagnostics ?? []);
        return new(new PipelineSchema(catalog).Root().ToJsonString(Json.Indented) + "\n", diagnostics);
    }

    private JsonObject Root() => new()
    {
        ["$schema"] = Draft,
        ["title"] = "A pipeline",
        ["type"] = "object",
        ["required"] = new JsonArray("pipeline"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["pipeline"] = Described("string", "Name of the experiment; runs, lock file and report are named after it."),
            ["title"] = Localized("Title of the report."),
            ["question"] = Localized("What the experiment asks: the heading of the report."),
            ["hypothesis"] = Hypothesis(),
            ["seed"] = WholeNumber("Start of all random numbers."),
            ["vars"] = Described("object", "Values used as \"${name}\"; './runner exec -p name=value' changes one."),
            ["extends"] = Described("string", "Another pipeline file; this one goes over it, stage by stage, key by key."),
            ["plugins"] = Texts("Assemblies with further stage kinds, or folders of their projects, from the project root."),
            ["stages"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "Stages by id.",
                ["propertyNames"] = new JsonObject { ["pattern"] = "^[A-Za-z][A-Za-z0-9_-]*$" },
                ["additionalProperties"] = new JsonObject { ["$ref"] = "#/definitions/stage" },
            },
            ["expect"] = Expect(),
            ["reference"] = Reference(),
            ["report"] = Report(),
        },
        ["definitions"] = Definitions(),
    };

    private JsonObject Definitions()
    {
        JsonObject definitions = new()
        {
            ["source"] = new JsonObject { ["type"] = "string", ["description"] = "A stage, or stage.port." },
            ["sources"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(SourceReference(), new JsonObject { ["type"] = "array", ["items"] = SourceReference() }),
            },
            ["stage"] = Stage(),
        };
        foreach (var kind in Kinds())
            definitions[kind.Spec.Kind] = With(kind, definitions);
        definitions[RunCommand.Kind] = WithOfCommand(definitions);
        return definitions;
    }

    private JsonObject Stage()
    {
        JsonArray rules = [];
        foreach (var kind in Kinds())
            rules.Add(new JsonObject
            {
                ["if"] = new JsonObject
                {
                    ["required"] = new JsonArray("uses"),
                    ["properties"] = new JsonObject { ["uses"] = new JsonObject { ["const"] = kind.Spec.Kind } },
                },
                ["then"] = Rule(kind),
            });
        rules.Add(CommandRule());
        return new()
        {
            ["type"] = new JsonArray("object", "null"),
            ["additionalProperties"] = false,
            ["properties"] = StageKeys(),
            ["allOf"] = rules,
        };
    }

    private JsonObject StageKeys() => new()
    {
        ["run"] = Described("string", "A shell command in the place of 'uses', with {in.port} and {out.port} for its files."),
        ["outputs"] = new JsonObject
        {
            ["description"] = "What the command of 'run' gives.",
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z][a-z0-9_]*$" },
            ["additionalProperties"] = new JsonObject { ["enum"] = new JsonArray("table", "metrics", "card") },
        },
        ["uses"] = SchemaPart.OrVariable(new()
        {
            ["description"] = "The stage kind.",
            ["enum"] = new JsonArray([.. Kinds().Select(kind => (JsonNode)kind.Spec.Kind)]),
            ["enumDescriptions"] = new JsonArray([.. Kinds().Select(kind => (JsonNode)kind.Manifest.Summary.In("en"))]),
        }),
        ["from"] = new JsonObject { ["description"] = "Where the inputs come from: a stage, stage.port, or a map of port to these." },
        ["with"] = new JsonObject { ["description"] = "Parameters." },
        ["matrix"] = MatrixSchema.Of(),
        ["seed"] = WholeNumber("Instead of the pipeline's seed, e.g. \"${matrix.seed}\"."),
        ["if"] = new JsonObject
        {
            ["description"] = "Leaves the stage out when false: true, false, \"${quick}\", \"${epochs} > 3 and not ${quick}\".",
            ["type"] = new JsonArray("boolean", "string"),
        },
        ["cost"] = SchemaPart.OrVariable(new()
        {
            ["description"] = "A heavy stage does not run with --light.",
            ["enum"] = new JsonArray("light", "heavy"),
        }),
        ["retries"] = WholeNumber("How often to try again after a failure that may pass.", most: 10),
        ["title"] = Localized("Its heading in the report, instead of its kind's."),
        ["section"] = new JsonObject
        {
            ["description"] = "The chapter of the report that it is told in, instead of its kind's.",
            ["enum"] = new JsonArray([.. ReportManifest.Sections.Select(section => (JsonNode)section)]),
        },
        ["timeout"] = SchemaPart.OrVariable(new()
        {
            ["description"] = "How long an attempt may take: 90s, 10m, 1.5h.",
            ["type"] = "string",
            ["pattern"] = "^[0-9.]+ ?[smhd]$",
        }),
        ["resources"] = ResourcesSchema(),
        ["on"] = new JsonObject
        {
            ["description"] = "Runs where the command was typed, also when other stages go to a cluster.",
            ["enum"] = new JsonArray("local"),
        },
    };

    private static JsonObject Rule(StageKind kind)
    {
        JsonObject properties = new()
        {
            ["with"] = new JsonObject { ["$ref"] = $"#/definitions/{SchemaPart.Pointer(kind.Spec.Kind)}" },
        };
        if (kind.Spec.Inputs.Count > 0)
            properties["from"] = From(kind);
        JsonObject rule = new() { ["description"] = kind.Manifest.Summary.In("en"), ["properties"] = properties };
        if (kind.Spec.Parameters.Any(parameter => parameter.Required))
            rule["required"] = new JsonArray("with");
        return rule;
    }

    private static JsonObject From(StageKind kind)
    {
        JsonObject ports = [];
        foreach (var port in kind.Spec.Inputs)
            ports[port.Name] = new JsonObject
            {
                ["description"] = kind.Manifest.Inputs.GetValueOrDefault(port.Name)?.In("en") ?? port.Artifact.ToString(),
                ["$ref"] = port.Many ? "#/definitions/sources" : "#/definitions/source",
            };
        return new()
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["$ref"] = "#/definitions/sources" },
                new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = ports }),
        };
    }

    private static JsonObject CommandRule() => new()
    {
        ["if"] = new JsonObject { ["required"] = new JsonArray(RunCommand.Kind) },
        ["then"] = new JsonObject
        {
            ["required"] = new JsonArray("outputs"),
            ["properties"] = new JsonObject
            {
                ["with"] = new JsonObject { ["$ref"] = $"#/definitions/{RunCommand.Kind}" },
                ["from"] = new JsonObject
                {
                    ["anyOf"] = new JsonArray(
                        new JsonObject { ["$ref"] = "#/definitions/sources" },
                        new JsonObject
                        {
                            ["type"] = "object",
                            ["additionalProperties"] = new JsonObject { ["$ref"] = "#/definitions/sources" },
                        }),
                },
            },
        },
    };

    // The command itself stands beside 'with', not in it.
    private JsonObject WithOfCommand(JsonObject definitions)
    {
        var with = With(_catalog.Command, definitions);
        ((JsonObject)with["properties"]!).Remove(RunCommand.Kind);
        with.Remove("required");
        return with;
    }

    private static JsonObject With(StageKind kind, JsonObject definitions) =>
        new SchemaPart(kind, definitions).Record(kind.Spec.ParametersRecord, "");

    private IEnumerable<StageKind> Kinds() => _catalog.Kinds.Select(_catalog.Find).OfType<StageKind>();

    private static JsonObject SourceReference() => new() { ["$ref"] = "#/definitions/source" };
}

using System.Text.Json.Nodes;

namespace Pipelines.Runner.Planning;

/// <summary>The parts of the schema that know no kind: expectations, hypothesis, report, and what they are made of.</summary>
internal static class DocumentSchema
{
    public static JsonObject Expect() => new()
    {
        ["type"] = "array",
        ["description"] = "Bounds on metrics; a run that misses one ends with exit code 1.",
        ["items"] = Bound(),
    };

    public static JsonObject Hypothesis() => new()
    {
        ["description"] = "What you expect, written before the run.",
        ["anyOf"] = new JsonArray(
            Localized("In a sentence."),
            new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("text"),
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject { ["text"] = Localized("In a sentence."), ["holds"] = Holds() },
            }),
    };

    private static JsonObject Holds() => new()
    {
        ["anyOf"] = new JsonArray(
            Bound(),
            new JsonObject
            {
                ["type"] = "array",
                ["description"] = "Of a hypothesis of several parts: a bound for each.",
                ["items"] = Bound(),
            },
            new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("difference"),
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject
                {
                    ["difference"] = new JsonObject
                    {
                        ["description"] =
                            "none: no difference can be measured between the values of the matrix, or with the pipeline that is extended; "
                            + "better, worse: the pipeline is measurably so than the one that it extends.",
                        ["enum"] = new JsonArray([.. HypothesisReader.DifferenceNames.Select(name => (JsonNode)name)]),
                    },
                },
            }),
    };

    public static JsonObject Reference() => new()
    {
        ["type"] = "array",
        ["description"] = "Numbers of a document; the report says which of them were reproduced.",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("what", "metric", "value"),
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["what"] = Localized("What the document measured."),
                ["metric"] = Described("string", "What measures the same here: stage.metric."),
                ["value"] = SchemaPart.OrVariable(new() { ["type"] = "number" }),
                ["within"] = SchemaPart.OrVariable(new() { ["type"] = "number" }),
                ["why"] = Localized("What explains a difference."),
            },
        },
    };

    public static JsonObject Bound() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("metric"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["metric"] = Described("string", "stage.metric: the id of a stage, a dot, and one of its metrics"),
            ["minus"] = Described("string", "Another metric that is taken from it: then the bounds are those of the difference."),
            ["at_least"] = SchemaPart.OrVariable(new() { ["type"] = "number" }),
            ["at_most"] = SchemaPart.OrVariable(new() { ["type"] = "number" }),
        },
    };

    public static JsonObject Report() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["template"] = Described("string", "A template of reports-templates/, or a folder of the project with your own: ./my-report."),
            ["words"] = new JsonObject
            {
                ["type"] = new JsonArray("object", "null"),
                ["description"] = "Headings and words of the report in your own, by their key in the language file.",
                ["additionalProperties"] = Localized("The text."),
            },
            ["metrics"] = Texts("The numbers that are shown large: stage.metric."),
            ["language"] = new JsonObject { ["enum"] = new JsonArray("en", "fr"), ["default"] = "en" },
            ["authors"] = Texts(),
            ["course"] = Described("string", "Shown under the title."),
            ["university"] = Described("string", "Shown with the course."),
            ["attention"] = Described("string", "Who the report is handed to."),
            ["questions"] = new JsonObject
            {
                ["type"] = new JsonArray("object", "null"),
                ["description"] = "What you have to answer, by the key that its answer stands below.",
                ["additionalProperties"] = Localized("The question."),
            },
            ["date"] = Described("string", "Shown under the title."),
            ["answers"] = Described("string", "A Markdown file with your own text, relative to the project root."),
        },
    };

    public static JsonObject ResourcesSchema() => new()
    {
        ["type"] = "object",
        ["description"] = "What the stage asks a cluster for (exec --on).",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["cpus"] = WholeNumber("Processors, which are its threads too."),
            ["memory"] = SchemaPart.OrVariable(Described("string", "e.g. 8GB")),
            ["gpus"] = WholeNumber("Graphics processors."),
            ["time"] = SchemaPart.OrVariable(Described("string", "How long the job may take, e.g. 2h.")),
        },
    };

    public static JsonObject Localized(string description) => new()
    {
        ["description"] = description,
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string" },
            new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject
                {
                    ["fr"] = new JsonObject { ["type"] = "string" },
                    ["en"] = new JsonObject { ["type"] = "string" },
                },
            }),
    };

    public static JsonObject WholeNumber(string description, int? most = null)
    {
        JsonObject number = new() { ["type"] = "integer", ["minimum"] = 0, ["description"] = description };
        if (most is { } maximum)
            number["maximum"] = maximum;
        return SchemaPart.OrVariable(number);
    }

    public static JsonObject Texts(string? description = null)
    {
        JsonObject texts = new() { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } };
        if (description is not null)
            texts["description"] = description;
        return texts;
    }

    public static JsonObject Described(string type, string description) => new() { ["type"] = type, ["description"] = description };
}

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The chapter in which a stage tells its part, by the verb of its kind.</summary>
internal static class ReportSections
{
    /// <summary>In the order of the report.</summary>
    public static IReadOnlyList<string> All { get; } = ["data", "preparation", "sweep", "training", "results", "examples", "explanations", "comparison", "more"];

    public static string Kind(string kind) => kind.Split('/')[0] switch
    {
        "load" or "describe" => "data",
        "split" or "clean" or "lemmatize" or "tokenize" or "label" or "pad" => "preparation",
        "train" or "select" => "training",
        "evaluate" => "results",
        "predict" => "examples",
        "explain" => "explanations",
        "embeddings" => kind == "embeddings/load" ? "preparation" : "explanations",
        "compare" => "comparison",
        _ => "more",
    };
}

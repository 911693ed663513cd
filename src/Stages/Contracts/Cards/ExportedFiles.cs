namespace Pipelines.Stages.Contracts.Cards;

/// <summary>The files of an export in the report.</summary>
internal static class ExportedFiles
{
    public static Grid GridOf(Artifact exported) => new(
        "exported_files", [new("file", ValueFormat.Code), new("bytes", ValueFormat.Integer)],
        [.. new DirectoryInfo(exported.Directory).EnumerateFiles().Where(file => !IsOwn(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => new object?[] { file.Name, file.Length })]);

    // What the store keeps beside them.
    private static bool IsOwn(string name) => name is EncodingChain.FileName or "artifact.json";
}

using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Files;

/// <summary>A file of records, and how to speak of it.</summary>
/// <param name="Called">Begins every message: <c>train.json</c>.</param>
/// <param name="Parameter">The one that names the file.</param>
internal sealed record SourceFile(string Path, string Called, string Parameter)
{
    public static SourceFile Of(InputFile file, string parameter) =>
        new(file.Path, System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(file.Path)), parameter);

    /// <param name="place">E.g. <c>record 2</c>; null: the whole file.</param>
    public StageException Wrong(string? place, string what, string? help, string? parameter = null) =>
        new(place is null ? $"{Called}: {what}" : $"{Called}: {place}: {what}") { Help = help, Parameter = parameter ?? Parameter };

    public StageException Wrong(string? place, UnreadableFileException error) =>
        Wrong(place, error.Message, error.Help, error.IsAboutEncoding ? "encoding" : null);
}

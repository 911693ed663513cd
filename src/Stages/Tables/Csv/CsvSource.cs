using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>A file of rows, and how to speak of it.</summary>
/// <param name="Called">Begins every message: <c>train.csv</c>.</param>
/// <param name="Parameter">The one that names the file.</param>
/// <param name="EncodingParameter">The one that names its encoding; null: it is UTF-8.</param>
internal sealed record CsvSource(string Path, string Called, string Parameter, string? EncodingParameter)
{
    public static CsvSource Of(InputFile file, string parameter) =>
        new(file.Path, System.IO.Path.GetFileName(file.Path), parameter, "encoding");

    /// <param name="place">E.g. <c>row 2 (line 3)</c>; null: the whole file.</param>
    public StageException Wrong(string? place, string what, string? help, string? parameter = null) =>
        new(place is null ? $"{Called}: {what}" : $"{Called}: {place}: {what}") { Help = help, Parameter = parameter ?? Parameter };

    public StageException Wrong(string? place, UnreadableFileException error) => error.IsAboutEncoding
        ? Wrong(place, error.Message, EncodingParameter is null ? "write it in UTF-8" : error.Help, EncodingParameter)
        : Wrong(place, error.Message, error.Help);
}

using System.Globalization;

namespace Pipelines.Stages.Text.Vectors;

/// <summary>Word vectors as TensorBoard's projector reads them, and whoever else reads a matrix and its words line by line.</summary>
internal static class ProjectorFiles
{
    public const string Vectors = "vectors.tsv";
    public const string Words = "metadata.tsv";
    public const string Config = "projector_config.pbtxt";

    /// <param name="groupOf">The group of each word; null: there are none.</param>
    public static void Write(string folder, WordVectors vectors, Func<string, string>? groupOf = null)
    {
        WriteLines(folder, Vectors, vectors.Words.Select((_, place) => Row(vectors[place])));
        // A file of one column has no header there, one of several must have one.
        WriteLines(folder, Words, groupOf is null
            ? vectors.Words.Select(Cell)
            : vectors.Words.Select(word => $"{Cell(word)}\t{Cell(groupOf(word))}").Prepend("word\tgroup"));
        WriteLines(folder, Config,
        [
            "embeddings {", "  tensor_name: \"words\"", $"  tensor_path: \"{Vectors}\"", $"  metadata_path: \"{Words}\"", "}",
        ]);
    }

    public static void WriteLines(string folder, string name, IEnumerable<string> lines)
    {
        using var file = new StreamWriter(Path.Combine(folder, name)) { NewLine = "\n" };
        foreach (var line in lines)
            file.WriteLine(line);
    }

    /// <summary>The format has no quotes: what would end a cell or a line becomes a space.</summary>
    public static string Cell(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    private static string Row(ReadOnlySpan<float> vector)
    {
        var cells = new string[vector.Length];
        for (var d = 0; d < cells.Length; d++)
            cells[d] = vector[d].ToString("R", CultureInfo.InvariantCulture);
        return string.Join('\t', cells);
    }
}

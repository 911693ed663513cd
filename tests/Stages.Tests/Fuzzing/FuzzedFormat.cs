namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>A format of files that others write, with a reader that is written plainly and knows nothing of the project's.</summary>
internal abstract class FuzzedFormat(string name)
{
    public string Name => name;

    /// <summary>Files that are right.</summary>
    public abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>What has a meaning in the format, for texts.</summary>
    public virtual IReadOnlyList<string> Pieces => [];

    /// <summary>Reads a file, and compares what was read with what the plain reader gives.</summary>
    /// <returns>Whether it was accepted.</returns>
    /// <exception cref="Exception">The answer is wrong, or it was refused in another way than with a finding.</exception>
    public abstract Task<bool> CheckAsync(string path, byte[] bytes);

    public static IReadOnlyList<FuzzedFormat> All { get; } =
    [
        new CsvFiles("csv", ",", '"'), new CsvFiles("csv-long-separator", "||", '\''), new CsvFiles("csv-unquoted", "\t", null),
        new JsonFiles(), new GzipFiles(), new ParquetFiles(), new SafetensorsFiles(), new PickleFiles(), new VectorFiles(),
        new WordPieceFiles(), new SentencePieceFiles(), new TokenizerJsonFiles(), new BytePairFiles(),
    ];
}

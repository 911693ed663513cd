using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Either one file a split, or one file without splits.</summary>
internal sealed record LoadedFiles(InputFile? File, InputFile? Train, InputFile? Validation, InputFile? Test, string? Checksum)
{
    public bool HaveSplits => File is null;

    public IEnumerable<(string Split, InputFile File)> BySplit =>
        File is not null ? [(Splits.None, File)] : new[] { (Splits.Train, Train), (Splits.Validation, Validation), (Splits.Test, Test) }
            .Where(entry => entry.Item2 is not null).Select(entry => (entry.Item1, entry.Item2!));

    public void Check()
    {
        if (File is null && Train is null)
            throw new StageException("there is no file to load") { Help = "give train (and validation, test), or file for data without splits" };
        if (File is not null && (Train ?? Validation ?? Test) is not null)
            throw new StageException("both file and files of splits are given") { Parameter = "file", Help = "give either file, or train, validation and test" };
        if (Checksum is not null)
            Load.Checksum.Verify((File ?? Train)!, Checksum);
    }
}

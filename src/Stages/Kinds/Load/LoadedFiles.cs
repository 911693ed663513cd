using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Either one file a split, or one file without splits.</summary>
/// <param name="Single">The parameter that names the file without splits.</param>
internal sealed record LoadedFiles(
    InputFile? File, InputFile? Train, InputFile? Validation, InputFile? Test, string? Checksum, string Single = "file")
{
    public bool HaveSplits => File is null;

    /// <summary>With the parameter that names the file.</summary>
    public IEnumerable<(string Split, InputFile File, string Parameter)> BySplit =>
        File is not null
            ? [(Splits.None, File, Single)]
            : new[] { (Splits.Train, Train), (Splits.Validation, Validation), (Splits.Test, Test) }
            .Where(entry => entry.Item2 is not null).Select(entry => (entry.Item1, entry.Item2!, entry.Item1));

    /// <returns>The file itself, for the constructors of parameters.</returns>
    /// <exception cref="StageException">There is neither a file nor training rows, or both.</exception>
    public static InputFile? Checked(
        InputFile? file, InputFile? train, InputFile? validation, InputFile? test, string single = "file") =>
        file is null && train is null
            ? throw new StageException($"there is no {single} to load")
            {
                Help = $"give train (and validation, test), or {single} for data without splits",
            }
        : file is not null && (train ?? validation ?? test) is not null
            ? throw new StageException($"both {single} and {single}s of splits are given")
            {
                Parameter = single,
                Help = $"give either {single}, or train, validation and test",
            }
        : file;

    /// <summary>The same for a check sum.</summary>
    public static string? CheckedSum(string? checksum) => checksum is null ? null : Load.Checksum.Checked(checksum);

    public void Verify()
    {
        if (Checksum is not null)
            Load.Checksum.Verify((File ?? Train)!, Checksum);
    }
}

using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>What loading records takes whatever their format: which files, which of their fields, which of their rows.</summary>
public sealed record LoadParams(
    InputFile? File = null, InputFile? Train = null, InputFile? Validation = null, InputFile? Test = null,
    string Text = "text", string? Label = null, IReadOnlyList<string>? Keep = null, MissingLabels Missing = MissingLabels.Error,
    string MissingName = "<none>", int? Rows = null, int? Sample = null, int SampleSeed = 0, string? Checksum = null)
{
    public InputFile? File { get; init; } = LoadedFiles.Checked(File, Train, Validation, Test);

    public IReadOnlyList<string>? Keep { get; init; } = LoadedSelection.CheckedKeep(Keep);

    public string MissingName { get; init; } = LoadedSelection.CheckedName(MissingName);

    public string? Checksum { get; init; } = LoadedFiles.CheckedSum(Checksum);

    internal LoadedFiles Files => new(File, Train, Validation, Test, Checksum);

    internal LoadedSelection Selection => new(Text, Label, Keep ?? [], Missing, MissingName, Rows, Sample, SampleSeed);
}

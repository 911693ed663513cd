using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Load;

/// <summary>What loading records from files takes whatever their format: which files, which of their fields, which of their rows.</summary>
public sealed record LoadParams(
    InputFile? File = null, InputFile? Train = null, InputFile? Validation = null, InputFile? Test = null,
    [Inlined] SelectionParams? Select = null, string? Checksum = null)
{
    public InputFile? File { get; init; } = LoadedFiles.Checked(File, Train, Validation, Test);

    public SelectionParams Select { get; init; } = Select ?? new();

    public string? Checksum { get; init; } = LoadedFiles.CheckedSum(Checksum);

    internal LoadedFiles Files => new(File, Train, Validation, Test, Checksum);

    internal LoadedSelection Selection => Select.Selection;
}

namespace Pipelines.Stages.Kinds.Load;

/// <summary>Which fields of records become columns, and which of them are taken, wherever they come from.</summary>
public sealed record SelectionParams(
    string Text = "text", string? Label = null, IReadOnlyList<string>? Keep = null, MissingLabels Missing = MissingLabels.Error,
    string MissingName = "<none>", int? Rows = null, int? Sample = null, int SampleSeed = 0)
{
    public IReadOnlyList<string>? Keep { get; init; } = LoadedSelection.CheckedKeep(Keep);

    public string MissingName { get; init; } = LoadedSelection.CheckedName(MissingName);

    internal LoadedSelection Selection => new(Text, Label, Keep ?? [], Missing, MissingName, Rows, Sample, SampleSeed);
}

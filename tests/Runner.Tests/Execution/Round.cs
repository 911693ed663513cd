using CsCheck;

namespace Pipelines.Tests.Runner.Execution;

/// <param name="Whole">Deleted; otherwise its last byte is missing.</param>
internal sealed record Loss(int File, bool Whole);

/// <summary>A run: how, after what was lost and before what is edited.</summary>
/// <param name="Force">For each stage, forced where it is 0; null: none.</param>
/// <param name="Only">In the same way; null: all.</param>
internal sealed record Round(int[]? Force, int[]? Only, int Jobs, bool Light, Loss? Loss, Edit[] Edits)
{
    private static readonly Gen<int[]?> s_none = Gen.Const((int[]?)null);
    private static readonly Gen<int[]?> s_some = Gen.Int[0, 3].Array[RandomStage.MaxStages].Select(chosen => (int[]?)chosen);

    private static readonly Gen<Loss?> s_loss =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 999], Gen.Bool, (i, file, whole) => i == 0 ? new Loss(file, whole) : null);

    public static Gen<Round> Any { get; } = Gen.Select(
        Gen.Frequency((7, s_none), (1, s_some)), Gen.Frequency((1, s_none), (1, s_some)), Gen.Int[1, 3], Gen.Int[0, 2], s_loss,
        Edit.Any.Array[0, 2],
        (force, only, jobs, light, loss, edits) => new Round(force, only, jobs, light == 0, loss, edits));

    public override string ToString() =>
        $"force {Text(Force)} only {Text(Only)} jobs {Jobs}{(Light ? " light" : "")} {Loss} then {string.Join("; ", (object[])Edits)}";

    private static string Text(int[]? chosen) =>
        chosen is null ? "-" : string.Join(',', chosen.Index().Where(stage => stage.Item == 0).Select(stage => stage.Index));
}

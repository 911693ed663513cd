using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>
/// Repeats a stage for the cells of its own matrix and for those of its inputs. Inputs are joined where axes of the same name have the same
/// value, as in a natural join; a port that takes many gathers all cells and ends the repetition.
/// </summary>
internal sealed class CellExpansion(CellValues values, ICollection<Diagnostic> diagnostics)
{
    /// <summary>The results of more stages fit neither on a disk nor on a page.</summary>
    private const int MaxStages = 20_000;

    private readonly Dictionary<string, DraftCells> _byStage = new(StringComparer.Ordinal);
    private int _stages;

    /// <param name="ordered">All stages, each behind what it needs.</param>
    /// <returns>The cells of each, in the same order; without an entry where something is wrong.</returns>
    public IReadOnlyDictionary<string, DraftCells> Of(IReadOnlyList<StageDraft> ordered)
    {
        foreach (var draft in ordered)
            if (CellsOf(draft) is { } cells)
                _byStage.Add(draft.Id, cells);
        return _byStage;
    }

    /// <summary>What a port of a cell takes: from each source the cells that agree with it.</summary>
    public IReadOnlyList<OutputRef> Sources(IReadOnlyList<DraftInput> inputs, bool gathers, Cell cell)
    {
        if (inputs is [var only] && _byStage[only.Output.StageId] is { Axes.Count: 0 })
            return [only.Output];
        List<OutputRef> sources = [];
        foreach (var (output, _, _) in inputs)
        {
            var from = _byStage[output.StageId];
            if (gathers)
                sources.AddRange(from.Cells.Where(cell.AgreesWith).Select(of => output with { StageId = of.IdOf(output.StageId) }));
            else
                sources.Add(output with { StageId = cell.Of(from.Axes).IdOf(output.StageId) });
        }
        return sources;
    }

    private DraftCells? CellsOf(StageDraft draft)
    {
        if (IsWhole(draft))
        {
            _stages++;
            return DraftCells.Whole;
        }
        if (draft.OwnCells is not { } own
            || draft.Inputs.Values.Any(inputs => inputs.Any(input => !_byStage.ContainsKey(input.Output.StageId))))
            return null;
        if (Met(draft, own, [.. draft.Inputs.Where(input => !draft.Gathers(input.Key)).Select(input => input.Value)]) is not { } met)
            return null;
        var (cells, axes) = (met.Cells, met.Axes);
        if (draft.Entry.If is { } condition && condition.FirstThatWaits() is not null)
        {
            cells = Kept(cells, condition);
            if (cells.Count == 0)
                return Fail(Diagnostics.NoCells(condition, draft.Id));
        }
        _stages += cells.Count;
        return cells.Count > 1 && _stages > MaxStages ? Fail(Diagnostics.TooManyStages(draft.Entry.Id, MaxStages)) : new(cells, axes);
    }

    /// <summary>Whether nothing repeats the stage, which is so for most.</summary>
    private bool IsWhole(StageDraft draft)
    {
        if (draft.Entry.Matrix is not null || draft.Entry.If is not null || draft.OwnCells is null)
            return false;
        foreach (var (_, inputs) in draft.Inputs)
            foreach (var input in inputs)
                if (_byStage.GetValueOrDefault(input.Output.StageId) is not { Axes.Count: 0 })
                    return false;
        return true;
    }

    /// <summary>The cells in which the inputs of these ports agree, for all of the stage's own cells.</summary>
    private DraftCells? Met(StageDraft draft, IReadOnlyList<Cell> own, IReadOnlyList<List<DraftInput>> ports)
    {
        // When sources differ between the stage's own cells, each of these cells is joined with its inputs separately.
        var differ = ports.Any(inputs => inputs.Any(input => input.For is not null));
        List<Cell> cells = [];
        List<string>? axes = null;
        foreach (var group in differ ? own.Select(cell => (IReadOnlyList<Cell>)[cell]) : [own])
        {
            // The 'if' of the cell's source is false, so the cell is left out too.
            if (ports.Any(inputs => inputs.Count > 0 && !inputs.Exists(input => input.IsOf(group[0]))))
                continue;
            if (Meeting(
                draft, [.. ports.Select(inputs => inputs.Find(input => input.IsOf(group[0]))).OfType<DraftInput>()], group) is not { } part)
                return null;
            if (axes is not null && !axes.ToHashSet(StringComparer.Ordinal).SetEquals(part.Axes))
                return Fail(Diagnostics.SourcesOfOtherAxes(draft.Entry.Id, axes, part.Axes));
            axes ??= [.. part.Axes];
            // Cells are the same whatever the order of their axes.
            cells.AddRange(part.Cells.Select(cell => cell.Of(axes)));
            if (cells.Count > MatrixReader.MaxCells)
                return Fail(Diagnostics.TooManyCells(draft.Entry.Matrix!, draft.Id, MatrixReader.MaxCells));
        }
        return axes is null ? Fail(Diagnostics.NoCells(draft.Entry.Matrix!, draft.Id)) : new(cells, axes);
    }

    /// <summary>The cells in which these inputs agree, for each of these cells of the stage's own matrix.</summary>
    private DraftCells? Meeting(StageDraft draft, IReadOnlyList<DraftInput> inputs, IReadOnlyList<Cell> own)
    {
        IReadOnlyList<Cell> cells = [Cell.Whole];
        List<string> axes = [];
        foreach (var input in inputs)
        {
            var from = _byStage[input.Output.StageId];
            cells = Joined(cells, axes, from);
            if (cells.Count == 0)
                return Fail(Diagnostics.NoCommonCell(draft.Entry.Id, input.Written));
            if (cells.Count > MatrixReader.MaxCells)
                return Fail(Diagnostics.TooManyCells(input.Written, draft.Id, MatrixReader.MaxCells));
            axes.AddRange(from.Axes.Except(axes).ToList());
        }
        if (draft.Entry.Matrix is not { } matrix)
            return new(cells, axes);
        IReadOnlyList<string> ownAxes = [.. own[0].Values.Select(value => value.Key)];
        if (ownAxes.FirstOrDefault(axes.Contains) is { } again)
            return Fail(Diagnostics.AxisAgain(matrix, draft.Id, again, OriginOf(draft, again)));
        if ((long)cells.Count * own.Count > MatrixReader.MaxCells)
            return Fail(Diagnostics.TooManyCells(matrix, draft.Id, MatrixReader.MaxCells));
        return new([.. cells.SelectMany(_ => own, (cell, of) => cell.And(of))], [.. axes, .. ownAxes]);
    }

    /// <summary>The cells in which the condition is true; all of them when the condition is wrong, which is reported once.</summary>
    private IReadOnlyList<Cell> Kept(IReadOnlyList<Cell> cells, YamlNode condition)
    {
        List<Cell> kept = [];
        foreach (var cell in cells)
        {
            var before = diagnostics.Count;
            if (Condition.IsTrue(values.Of(cell, condition.At).In(condition), diagnostics))
                kept.Add(cell);
            if (diagnostics.Count > before)
                return cells;
        }
        return kept;
    }

    private static IReadOnlyList<Cell> Joined(IReadOnlyList<Cell> cells, List<string> axes, DraftCells from)
    {
        if (from.Axes.Count == 0)
            return cells;
        List<string> shared = [.. from.Axes.Where(axes.Contains)];
        var agreeing = from.Cells.ToLookup(cell => cell.Of(shared).IdOf(""), StringComparer.Ordinal);
        return [.. cells.SelectMany(cell => agreeing[cell.Of(shared).IdOf("")], (cell, of) => cell.And(of))
            .Take(MatrixReader.MaxCells + 1)];
    }

    private YamlScalar OriginOf(StageDraft draft, string axis) =>
        draft.Inputs.Values.SelectMany(inputs => inputs).First(input => _byStage[input.Output.StageId].Axes.Contains(axis)).Written;

    private DraftCells? Fail(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return null;
    }
}

/// <summary>The cells of a stage, all of the same axes.</summary>
internal sealed record DraftCells(IReadOnlyList<Cell> Cells, IReadOnlyList<string> Axes)
{
    /// <summary>Of a stage that nothing repeats.</summary>
    public static DraftCells Whole { get; } = new([Cell.Whole], []);
}

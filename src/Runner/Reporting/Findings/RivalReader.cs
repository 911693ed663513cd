using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>What other models of a run answered to the rows of the one that is told.</summary>
internal sealed class RivalReader(ReportContext context, ChosenScores chosen)
{
    private const int Most = 12;

    private readonly Scores _told = chosen.Of[0];

    /// <summary>The first axis on which alone other evaluated cells differ from the one that is told, with the value of that one; null:
    /// there is none. Repetitions are an effect of their own.</summary>
    public KeyValuePair<string, string>? Axis => field ??= FindAxis();

    /// <summary>Models that answered the same rows; those of other labels, such as shorter codes, are no rivals.</summary>
    /// <param name="labels">What was asked of the one that is told.</param>
    public List<Rival> Of(IReadOnlyList<string> labels)
    {
        List<Rival> rivals = [];
        var axis = Axis?.Key;
        foreach (var (other, value) in context.Verdict.All.Where(IsOther)
            .Select(other => (other, axis is null ? null : ValueOn(axis, other))).OrderBy(other => other.Item2 is null).Take(Most))
            if (other.Values[0].Measure == _told.Values[0].Measure
                && RunTables.IsRight(other.Stage, _told.Split, labels) is { } isRight)
                rivals.Add(new(NameOf(other), isRight) { IsCell = other.Stage.Stage.Base == _told.Stage.Stage.Base, Value = value });
        return rivals;
    }

    /// <summary>The models of bounds on a difference of the measure that the report tells, where both were asked the same.</summary>
    /// <param name="bounds">Of the hypothesis: what comes first in it is what was asked, so there are none where that is something
    /// else.</param>
    public IReadOnlyList<ComparedPair> Compared(IReadOnlyList<Expectation> bounds)
    {
        List<ComparedPair?> pairs = [.. bounds.Select(PairOf)];
        return pairs is not [{ } asked, ..] ? []
            : [.. pairs.OfType<ComparedPair>().Where(pair => pair.First.IsRight.Count == asked.First.IsRight.Count)
                .DistinctBy(pair => (pair.First.Model, pair.Second.Model))];
    }

    private ComparedPair? PairOf(Expectation bound) =>
        MeasuredAs(bound.Metric) is { } first && MeasuredAs(bound.Minus) is { } second && first != second && first.Split == second.Split
        && RunTables.IsRight(first.Stage, first.Split) is { Count: > 0 } isRight
        && first.IsShareOf(isRight.Count(right => right) / (double)isRight.Count)
        && RunTables.IsRight(second.Stage, second.Split, RunTables.Labels(first.Stage, first.Split)) is { } others
            ? new(new(NameIn(first, second), isRight), new(NameIn(second, first), others))
            {
                AreCells = first.Stage.Stage.Base == second.Stage.Stage.Base,
            } : null;

    // One model on other texts is told by what evaluates it.
    private string NameIn(Scores scores, Scores other) => NameOf(scores) == NameOf(other) ? scores.Stage.Id : NameOf(scores);

    private Scores? MeasuredAs(string? metric) => context.Verdict.All.FirstOrDefault(
        scores => metric == $"{scores.Stage.Id}.{MetricNames.Of(scores.Split, scores.Values[0].Measure)}");

    /// <summary>What cells had right that were asked other labels of the same rows, with the one that is told.</summary>
    public IReadOnlyList<Slice> Asked(IReadOnlyList<Answer> answers)
    {
        if (Axis is not { } axis)
            return [];
        var length = LabelLength.Before(_told.Stage.Id, context.Results);
        List<Slice> asked = [];
        foreach (var scores in context.Verdict.All)
            if (scores.Stage.Id == _told.Stage.Id)
                asked.Add(Slice.Of(axis.Value, answers));
            else if (ValueOn(axis.Key, scores) is { } value && LabelLength.Before(scores.Stage.Id, context.Results) != length
                && RunTables.IsRight(scores.Stage, _told.Split) is var isRight && isRight.Count == answers.Count)
                asked.Add(new Rival(value, isRight).AsSlice(value));
        return asked.Count > 1 ? asked : [];
    }

    /// <summary>The training that an evaluation measures, with the values that tell its cell from others.</summary>
    public string NameOf(Scores scores)
    {
        var evaluation = scores.Stage.Stage;
        var model = evaluation.Spec.Inputs.Where(port => port.Artifact == ArtifactKind.Model)
            .SelectMany(port => evaluation.Inputs.GetValueOrDefault(port.Name) ?? []).Select(source => source.StageId)
            .Select(id => context.Plan.Stages.FirstOrDefault(stage => stage.Id == id)).OfType<PlannedStage>().FirstOrDefault(evaluation);
        var cell = string.Join(
            ", ", model.Cell.Where(value => !Repetitions.IsAxis(value.Key)).Select(value => $"{value.Key}={value.Value}"));
        return cell.Length == 0 ? model.Base : $"{model.Base} ({cell})";
    }

    private bool IsOther(Scores other) => other.Stage.Stage.Base != _told.Stage.Stage.Base
        || Repetitions.ExperimentOf(other.Stage.Stage) != Repetitions.ExperimentOf(_told.Stage.Stage);

    private KeyValuePair<string, string>? FindAxis()
    {
        if (chosen.Of.Count > 1)
            return null;
        foreach (var value in _told.Stage.Stage.Cell.Where(value => !Repetitions.IsAxis(value.Key)))
            if (context.Verdict.All.Any(other => ValueOn(value.Key, other) is not null))
                return value;
        return null;
    }

    private string? ValueOn(string axis, Scores other)
    {
        var (cell, its) = (_told.Stage.Stage.Cell, other.Stage.Stage.Cell);
        var isSibling = _told.Stage.Stage.Base == other.Stage.Stage.Base && cell.Count == its.Count && cell.Zip(its).All(
            pair => pair.First.Key == pair.Second.Key && pair.First.Value == pair.Second.Value != (pair.First.Key == axis));
        return isSibling ? its.First(value => value.Key == axis).Value : null;
    }
}

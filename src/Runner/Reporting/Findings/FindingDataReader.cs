using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Text;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Gathers what rules look at from the results of a run.</summary>
internal sealed class FindingDataReader(ReportContext context)
{
    private const string Samples = "data/samples/";
    private const int MaxRivals = 12;

    public FindingData Read()
    {
        FindingData general = new()
        {
            Pipeline = context.Plan.Pipeline,
            Effects = context.Effects,
            Sweeps = context.Sweeps,
            InheritedAxes = InheritedAxes(),
            IsSample = IsSample(),
        };
        if (context.Verdict.Chosen is not { } chosen)
            return general with { Described = DescribedData.Of(context.Results) };
        var told = chosen.Of[0];
        var answers = RunTables.Answers(told.Stage, told.Split);
        var asked = answers.Select(answer => answer.Text).ToHashSet(StringComparer.Ordinal);
        var lineage = Lineage.Of(told.Stage.Id, context.Results).ToList();
        var table = RunTables.Learned(told.Stage, context.Results);
        var (labels, texts) = table is null ? (new(), new()) : RunTables.LearnedRows(table, asked);
        general = general with { Split = told.Split, Answers = answers };
        var axis = AxisOf(chosen);
        var epochs = EpochsOf(lineage, chosen.Scores.Values[0]);
        return general with
        {
            Stage = told.Stage.Id,
            Model = NameOf(told.Stage.Stage),
            Parent = context.Parent is { } parent && parent.AreOf(general) ? new(context.Plan.Extended!, parent.IsRight) : null,
            Learned = labels,
            LearnedTexts = texts,
            UnknownWords = table is null ? null : UnknownWordsOf(table),
            Epochs = epochs,
            Score = chosen.Scores.Values[0],
            Baseline = Baseline.Of(chosen.Scores, context.Results),
            Explained = RunTables.Explained([.. context.Results.Where(context.IsTold)]),
            Axis = axis,
            Rivals = RivalsOf(told, answers, axis?.Key),
            Seeds = Math.Max(chosen.Of.Count, context.Sweeps.Any(sweep => sweep.IsRepeated) ? 2 : 1),
            HasTraining = epochs is not null,
            IsChosenOnTold = !chosen.OnValidation && context.Verdict.Evaluated > 1,
            EpochsVariable = EpochsVariable(),
        };
    }

    /// <summary>Models that answered the same rows; those of other labels, such as shorter codes, are no rivals.</summary>
    private List<Rival> RivalsOf(Scores told, IReadOnlyList<Answer> own, string? axis)
    {
        List<Rival> rivals = [];
        List<string> labels = [.. own.Select(answer => answer.Label)];
        foreach (var (other, value) in context.Verdict.All.Where(other => other.Stage.Stage.Base != told.Stage.Stage.Base
            || Repetitions.ExperimentOf(other.Stage.Stage) != Repetitions.ExperimentOf(told.Stage.Stage))
            .Select(other => (other, axis is null ? null : ValueOn(axis, told, other)))
            .OrderBy(other => other.Item2 is null).Take(MaxRivals))
        {
            var answers = RunTables.Answers(other.Stage, told.Split);
            if (answers.Count > 0 && other.Values[0].Measure == told.Values[0].Measure
                && answers.Select(answer => answer.Label).SequenceEqual(labels, StringComparer.Ordinal))
                rivals.Add(new(NameOf(other.Stage.Stage), [.. answers.Select(answer => answer.IsRight)])
                {
                    IsCell = other.Stage.Stage.Base == told.Stage.Stage.Base,
                    Value = value,
                });
        }
        return rivals;
    }

    /// <summary>The first axis on which alone other evaluated cells differ from the one that is told. Repetitions are an effect of their
    /// own.</summary>
    private KeyValuePair<string, string>? AxisOf(ChosenScores chosen)
    {
        if (chosen.Of.Count > 1)
            return null;
        foreach (var value in chosen.Of[0].Stage.Stage.Cell.Where(value => !Repetitions.IsAxis(value.Key)))
            if (context.Verdict.All.Any(other => ValueOn(value.Key, chosen.Of[0], other) is not null))
                return value;
        return null;
    }

    private HashSet<string> InheritedAxes() => context.Plan.Stages.SelectMany(stage => stage.Cell.Select(value => value.Key)).Distinct()
        .Where(axis => !context.Plan.Stages.Any(stage =>
            stage.WrittenAt($"matrix.{axis}") is { } place && place.At.File.Path == context.Plan.Source.Path))
        .ToHashSet(StringComparer.Ordinal);

    private static string? ValueOn(string axis, Scores told, Scores other)
    {
        var (cell, its) = (told.Stage.Stage.Cell, other.Stage.Stage.Cell);
        var isSibling = told.Stage.Stage.Base == other.Stage.Stage.Base && cell.Count == its.Count && cell.Zip(its).All(
            pair => pair.First.Key == pair.Second.Key && pair.First.Value == pair.Second.Value != (pair.First.Key == axis));
        return isSibling ? its.First(value => value.Key == axis).Value : null;
    }

    /// <summary>The training that an evaluation measures, with the values that tell its cell from others.</summary>
    private string NameOf(PlannedStage evaluation)
    {
        var model = evaluation.Spec.Inputs.Where(port => port.Artifact == ArtifactKind.Model)
            .SelectMany(port => evaluation.Inputs.GetValueOrDefault(port.Name) ?? []).Select(source => source.StageId)
            .Select(id => context.Plan.Stages.FirstOrDefault(stage => stage.Id == id)).OfType<PlannedStage>().FirstOrDefault(evaluation);
        var cell = string.Join(
            ", ", model.Cell.Where(value => !Repetitions.IsAxis(value.Key)).Select(value => $"{value.Key}={value.Value}"));
        return cell.Length == 0 ? model.Base : $"{model.Base} ({cell})";
    }

    private static Func<string, IReadOnlyList<string>>? UnknownWordsOf(Table table)
    {
        if (TextPreprocessor.TokenizerOf(table.Encoding) is null)
            return null;
        var preprocessor = TextPreprocessor.From(table.Encoding);
        return text => [.. preprocessor.Tokenizer.Tokens(preprocessor.Prepare(text)).Where(token => !token.Known)
            .Select(token => token.Text)];
    }

    private static Epochs? EpochsOf(IReadOnlyList<StageResult> lineage, Score score)
    {
        foreach (var result in lineage)
            if (result.Find<LineFigure>(CardNames.LossByEpoch) is { } losses
                && CurveOf(losses, Splits.Train) is { } train && CurveOf(losses, Splits.Validation) is { } validation)
            {
                var curve = result.Find<LineFigure>($"{score.Measure}_by_epoch");
                var measure = curve is not null && CurveOf(curve, Splits.Train) is { } learned
                    && CurveOf(curve, Splits.Validation) is { } kept
                    ? new EpochMeasure(score.Measure, learned, kept)
                    : null;
                return new(result.Id, (int)(losses.MarkX ?? validation.Count), train, validation, measure);
            }
        return null;
    }

    private static IReadOnlyList<double>? CurveOf(LineFigure figure, string split) =>
        figure.Series.FirstOrDefault(series => series.Name == split)?.Y;

    private string? EpochsVariable() => context.Plan.Variables.Contains(MetricNames.Epochs) ? MetricNames.Epochs : null;

    private bool IsSample()
    {
        var files = context.Plan.Stages.SelectMany(stage => stage.Values.Values).Select(value => value.File)
            .OfType<string>().ToList();
        return files.Count > 0 && files.TrueForAll(file => file.StartsWith(Samples, StringComparison.Ordinal));
    }
}

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
        FindingData general = new() { Pipeline = context.Plan.Pipeline, Effects = context.Effects, IsSample = IsSample() };
        if (context.Verdict.Chosen is not { } chosen)
            return general with { Described = DescribedData.Of(context.Results) };
        var told = chosen.Of[0];
        var answers = RunTables.Answers(told.Stage, told.Split);
        var asked = answers.Select(answer => answer.Text).ToHashSet(StringComparer.Ordinal);
        var lineage = Lineage.Of(told.Stage.Id, context.Results).ToList();
        var table = RunTables.Learned(told.Stage, context.Results);
        var (labels, texts) = table is null ? (new(), new()) : RunTables.LearnedRows(table, asked);
        general = general with { Split = told.Split, Answers = answers };
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
            Explained = RunTables.Explained(context.Results),
            Rivals = RivalsOf(told, answers),
            Seeds = Math.Max(chosen.Of.Count, context.Sweeps.Any(sweep => sweep.IsRepeated) ? 2 : 1),
            HasTraining = epochs is not null,
            IsChosenOnTold = !chosen.OnValidation && context.Verdict.Evaluated > 1,
            EpochsVariable = EpochsVariable(),
        };
    }

    /// <summary>Models that answered the same rows; those of other labels, such as shorter codes, are no rivals.</summary>
    private List<Rival> RivalsOf(Scores told, IReadOnlyList<Answer> own)
    {
        List<Rival> rivals = [];
        List<string> labels = [.. own.Select(answer => answer.Label)];
        foreach (var other in context.Verdict.All.Where(other => other.Stage.Stage.Base != told.Stage.Stage.Base
            || Repetitions.ExperimentOf(other.Stage.Stage) != Repetitions.ExperimentOf(told.Stage.Stage)).Take(MaxRivals))
        {
            var answers = RunTables.Answers(other.Stage, told.Split);
            if (answers.Count > 0 && other.Values[0].Measure == told.Values[0].Measure
                && answers.Select(answer => answer.Label).SequenceEqual(labels, StringComparer.Ordinal))
                rivals.Add(new(NameOf(other.Stage.Stage), [.. answers.Select(answer => answer.IsRight)]));
        }
        return rivals;
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

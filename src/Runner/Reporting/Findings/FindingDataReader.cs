using System.Globalization;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Gathers what rules look at from the results of a run.</summary>
internal sealed class FindingDataReader(ReportContext context)
{
    private const string Samples = "data/samples/";

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
        var table = RunTables.Learned(told.Stage, context.Results);
        AskedTexts asked = new(PreprocessorOf(table));
        var answers = RunTables.Answers(told.Stage, told.Split, asked);
        var lineage = Lineage.Of(told.Stage.Id, context.Results).ToList();
        var (labels, texts) = table is null ? (new(), new()) : RunTables.LearnedRows(table, asked, RowsOf(lineage));
        general = general with { Split = told.Split, Answers = answers, FirstTexts = asked.First };
        RivalReader rivals = new(context, chosen);
        var epochs = EpochsOf(lineage, chosen.Scores.Values[0]);
        return general with
        {
            Stage = told.Stage.Id,
            Model = rivals.NameOf(told),
            Parent = context.Parent is { } parent && parent.AreOf(general) ? new(context.Plan.Extended!, parent.IsRight) : null,
            Learned = labels,
            LearnedTexts = texts,
            Epochs = epochs,
            Score = chosen.Scores.Values[0],
            Baseline = Baseline.Of(chosen.Scores, context.Results),
            Explained = RunTables.Explained([.. context.Results.Where(context.IsTold)]),
            Axis = rivals.Axis,
            Asked = rivals.Asked(answers),
            Compared = rivals.Compared(context.Plan.Hypothesis?.Holds ?? []),
            Rivals = rivals.Of([.. answers.Select(answer => answer.Label)]),
            Seeds = Math.Max(chosen.Of.Count, context.Sweeps.Any(sweep => sweep.IsRepeated) ? 2 : 1),
            HasTraining = epochs is not null,
            IsChosenOnTold = !chosen.OnValidation && context.Verdict.Evaluated > 1,
            EpochsOption = epochs is null ? null : OptionOfEpochs(lineage.First(result => result.Id == epochs.Stage).Stage),
        };
    }

    private HashSet<string> InheritedAxes() => context.Plan.Stages.SelectMany(stage => stage.Cell.Select(value => value.Key)).Distinct()
        .Where(axis => !context.Plan.Stages.Any(stage =>
            stage.WrittenAt($"matrix.{axis}") is { } place && place.At.File.Path == context.Plan.Source.Path))
        .ToHashSet(StringComparer.Ordinal);

    private static TextPreprocessor? PreprocessorOf(Table? table) =>
        table is not null && TextPreprocessor.TokenizerOf(table.Encoding) is not null ? TextPreprocessor.From(table.Encoding) : null;

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

    // A training may use fewer rows than there are.
    private static long? RowsOf(IReadOnlyList<StageResult> lineage) =>
        lineage.FirstOrDefault(result => result.Find<LineFigure>(CardNames.LossByEpoch) is not null) is { } training
        && long.TryParse(training.Stage.Values.GetValueOrDefault("rows")?.Text, CultureInfo.InvariantCulture, out var rows) ? rows : null;

    private static IReadOnlyList<double>? CurveOf(LineFigure figure, string split) =>
        figure.Series.FirstOrDefault(series => series.Name == split)?.Y;

    // A variable of that name may be one that a pipeline which extends this one goes past; each cell may have its own number.
    private string? OptionOfEpochs(PlannedStage training) =>
        training.Values.GetValueOrDefault(MetricNames.Epochs) is not { } value ? null
        : value.Place is not { SetAt: not null } ? $"--set stages.{training.Base}.with.{MetricNames.Epochs}"
        : context.Plan.Variables.Contains(MetricNames.Epochs) ? $"-p {MetricNames.Epochs}" : null;

    private bool IsSample()
    {
        var files = context.Plan.Stages.SelectMany(stage => stage.Values.Values).Select(value => value.File)
            .OfType<string>().ToList();
        return files.Count > 0 && files.TrueForAll(file => file.StartsWith(Samples, StringComparison.Ordinal));
    }
}

using System.CommandLine;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Commands;

/// <summary><c>predict</c>: the model of a pipeline on texts of the command line, of a file, or line by line until <c>quit</c>.</summary>
internal static class PredictCommand
{
    private const int BatchSize = 256;

    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var texts = new Argument<string[]>("text")
        {
            Description = "Texts; without any, one a line, until 'quit'. Before one that begins with a dash: --",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var model = new Option<string?>("--model")
        {
            Description = "The stage whose model to use; without it, the last one.",
            HelpName = "stage",
        };
        var top = new Option<int>("--top") { Description = "How many candidates to show.", DefaultValueFactory = _ => 1, HelpName = "n" };
        var input = new Option<string?>("--input") { Description = "A file of texts, or - for a pipe.", HelpName = "file" };
        var format = new Option<string?>("--format") { Description = "Of that file; without it, by its ending.", HelpName = "format" };
        format.AcceptOnlyFromAmong(PredictedTexts.Csv, PredictedTexts.JsonLines, PredictedTexts.Text);
        var column = new Option<string>("--column")
        {
            Description = "The column, or the member, with the text.",
            DefaultValueFactory = _ => "text",
            HelpName = "name",
        };
        var output = new Option<string?>("--output")
        {
            Description = "Writes a file: CSV with a column for each class, or JSON lines.",
            HelpName = "file",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a text, with every class in full." };
        var command = new Command("predict", "Predicts labels of texts with a trained pipeline; interactive without a text.");
        pipeline.AddTo(command);
        command.Add(texts);
        foreach (var option in new Option[] { model, top, input, format, column, output, json })
            command.Add(option);
        command.SetAction((arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments);
            var options = pipeline.Options(arguments, opened);
            var (given, file, target) = (arguments.GetValue(texts) ?? [], arguments.GetValue(input), arguments.GetValue(output));
            if (given.Length > 0 && file is not null)
                throw new UsageException("texts are given here and in a file", "leave out --input, or the texts");
            var all = given.Length > 0 ? given
                : file is null ? PredictedTexts.Typed(screen)
                : PredictedTexts.Of(screen, file, arguments.GetValue(format), arguments.GetValue(column)!);
            using var predictor = StoredOutputs.Predictor(opened, options, arguments.GetValue(model));
            var (shown, isFull) = (Math.Max(1, arguments.GetValue(top)), arguments.GetValue(json) || target is not null);
            var predictions = Predictions(
                predictor, all, isFull ? Math.Max(shown, predictor.Classes?.Count ?? 0) : shown, isOneByOne: file is null, cancellation);
            if (target is not null)
                OutputFile.Write(screen, target, writer => Write(writer, target, predictor, predictions));
            else
                foreach (var predicted in predictions)
                    if (isFull)
                        screen.Out.WriteLine(PredictionWriter.Json(predicted));
                    else
                        PredictionWriter.Show(screen.Out, predicted, shown);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static IEnumerable<PredictedText> Predictions(
        Predictor predictor, IEnumerable<string> texts, int top, bool isOneByOne, CancellationToken cancellation)
    {
        foreach (var batch in texts.Chunk(isOneByOne ? 1 : BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var predictions = predictor.Predict(batch, top, cancellation);
            for (var i = 0; i < batch.Length; i++)
                yield return PredictedText.Of(predictor, batch[i], predictions[i]);
        }
    }

    private static void Write(TextWriter writer, string path, Predictor predictor, IEnumerable<PredictedText> predictions)
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            PredictionWriter.WriteCsv(writer, predictor.Classes, predictor.Meanings, predictions);
        else
            foreach (var predicted in predictions)
                writer.WriteLine(PredictionWriter.Json(predicted));
    }
}

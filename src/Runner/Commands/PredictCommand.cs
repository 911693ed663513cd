using System.CommandLine;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Commands;

/// <summary><c>predict</c>: the model of a pipeline on texts of the command line, or line by line until <c>quit</c>.</summary>
internal static class PredictCommand
{
    private const string Quit = "quit";

    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var texts = new Argument<string[]>("text")
        {
            Description = "Texts; without any, one a line from the keyboard or a pipe, until 'quit'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var model = new Option<string?>("--model")
        {
            Description = "The stage whose model to use; without it, the last one.",
            HelpName = "stage",
        };
        var top = new Option<int>("--top") { Description = "How many candidates to show.", DefaultValueFactory = _ => 1, HelpName = "n" };
        var command = new Command("predict", "Predicts labels of texts with a trained pipeline; interactive without a text.");
        pipeline.AddTo(command);
        command.Add(texts);
        command.Add(model);
        command.Add(top);
        command.SetAction((arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments);
            var options = pipeline.Options(arguments, opened);
            var stage = StoredOutputs.StageWithModel(opened, arguments.GetValue(model));
            var artifact = StoredOutputs.Of(opened, options, stage.Id).ByPort.Values.SelectMany(artifacts => artifacts)
                .OfType<Model>().First();
            StoredArtifacts.Check(opened.Storage.Artifacts, [artifact]);
            using var predictor = Predictor.Load(artifact, new(options.Device, options.Threads));
            foreach (var text in arguments.GetValue(texts) is { Length: > 0 } given ? given : Lines(screen))
            {
                cancellation.ThrowIfCancellationRequested();
                Write(screen, predictor, text, Math.Max(1, arguments.GetValue(top)));
            }
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static IEnumerable<string> Lines(Screen screen)
    {
        while (true)
        {
            if (screen.IsInteractive)
                screen.Out.Write("text> ");
            var line = screen.In.ReadLine();
            if (line is null || line.Trim() == Quit)
                yield break;
            if (line.Trim().Length > 0)
                yield return line;
        }
    }

    private static void Write(Screen screen, Predictor predictor, string text, int top)
    {
        var predicted = PredictedText.Of(predictor, text, predictor.Predict([text], top)[0]);
        screen.Out.WriteLine($"{predicted.Prediction.Label}  {Format.Percent(predicted.Prediction.Confidence)}  {Format.OneLine(text)}");
        foreach (var candidate in predicted.Prediction.Top.Skip(1))
            screen.Out.WriteLine($"  {candidate.Label}  {Format.Percent(candidate.Confidence)}");
        if (predicted.Unknown.Count > 0)
            screen.Out.WriteLine($"  unknown: {string.Join(", ", predicted.Unknown)}");
        screen.Out.Flush();
    }
}

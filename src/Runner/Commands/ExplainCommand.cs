using System.CommandLine;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Commands;

/// <summary><c>explain</c>: which words of a text spoke for what the model of a pipeline predicts.</summary>
internal static class ExplainCommand
{
    public static Command Create(Screen screen)
    {
        var pipeline = new PipelineArguments();
        var texts = new Argument<string[]>("text")
        {
            Description = "Texts to explain. Before one that begins with a dash: --",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new Option<string?>("--model")
        {
            Description = "The stage whose model to use; without it, the last one.",
            HelpName = "stage",
        };
        var method = new Option<string?>("--method")
        {
            Description = $"{string.Join(", ", ExplanationMethod.ByName.Keys)}; without it, gradients where the model has them, else shap.",
            HelpName = "method",
        };
        method.AcceptOnlyFromAmong([.. ExplanationMethod.ByName.Keys]);
        var every = new Option<bool>("--every-class") { Description = "Explains the score of every class, the likeliest first." };
        var json = new Option<bool>("--json") { Description = "One JSON object a text, with every word in full." };
        var command = new Command("explain", "Shows which words of a text spoke for what a trained pipeline predicts.");
        pipeline.AddTo(command);
        command.Add(texts);
        foreach (var option in new Option[] { model, method, every, json })
            command.Add(option);
        command.SetAction((arguments, cancellation) =>
        {
            var opened = pipeline.Open(arguments);
            var options = pipeline.Options(arguments, opened);
            using var predictor = StoredOutputs.Predictor(opened, options, arguments.GetValue(model));
            var chosen = arguments.GetValue(method) is { } name
                ? ExplanationMethod.ByName[name]() : ExplanationMethod.DefaultOf(predictor);
            var labels = arguments.GetValue(every) ? ExplainedLabels.Every : ExplainedLabels.Predicted;
            var explainer = Ready(chosen, predictor, new(labels, (ulong)opened.Plan.Seed, options.Threads));
            foreach (var text in arguments.GetValue(texts)!)
            {
                var explanation = explainer.Explain([Row(predictor, text)], _ => { }, cancellation)[0];
                if (arguments.GetValue(json))
                    screen.Out.WriteLine(ExplanationPrinter.Json(explanation));
                else
                    ExplanationPrinter.Write(screen, explanation);
            }
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <exception cref="UsageException">The model lacks what the method needs, e.g. attention.</exception>
    private static IExplainer Ready(ExplanationMethod method, Predictor predictor, ExplainerContext context)
    {
        try
        {
            return method.Of(predictor, context);
        }
        catch (StageException lacking)
        {
            throw new UsageException(lacking.Message, lacking.Help);
        }
    }

    private static LabelledInput Row(Predictor predictor, string text) => new("", text, "", predictor.Encode(text), []);
}

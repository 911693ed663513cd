using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Chat;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Predict;

/// <summary>Asks a chat model for labels; where there is no key, another model answers in its place.</summary>
[Stage("predict/chat", Version = 1, Uses = Uses.Torch | Uses.Seed)]
public sealed class PredictChat : Stage<PredictChat.Inputs, PredictChat.Params, PredictChat.Outputs>
{
    private const string Instruction = "You classify texts. Answer with exactly one of these labels and nothing else: {labels}.";

    public sealed record Inputs(
        Model? WithoutKey, IReadOnlyList<Model>? Models,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table? Rows);

    public sealed record Params(
        IReadOnlyList<string> Labels, IReadOnlyList<string>? Texts = null, string Split = Splits.Test, int Count = 20,
        string Endpoint = "https://api.mistral.ai/v1/chat/completions", string Model = "mistral-small-latest",
        [Secret] string Key = "MISTRAL_API_KEY", string Prompt = Instruction, [NotInFingerprint] double RequestsPerMinute = 60,
        [NotInFingerprint] int Retries = 4, [NotInFingerprint] double Pause = 1, [NotInFingerprint] double Timeout = 60);

    public sealed record Outputs(
        [Writes(Columns.Text, Columns.Predicted, Columns.Confidence, Columns.Split + "?", Columns.Label + "?", Columns.Correct + "?")]
        Table Predictions, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var asked = await ChatQuestions.OfAsync(inputs.Rows, parameters, context.Seed, cancellation).ConfigureAwait(false);
        var answers = context.Secret is { } key
            ? await AskAsync(asked, key, parameters, context, cancellation).ConfigureAwait(false)
            : await AnswerWithoutKeyAsync(asked, inputs.WithoutKey, parameters, context, cancellation).ConfigureAwait(false);
        List<IReadOnlyList<Prediction>> others = [];
        foreach (var model in inputs.Models ?? [])
            others.Add(await PredictAsync(model, asked.Texts, context, cancellation).ConfigureAwait(false));
        ChatComparison comparison = new(asked, answers, others, context.Secret is null);
        return new(
            await context.Write.TableAsync(EncodingChain.Empty, new[] { comparison.Rows() }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(comparison.Metrics(), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(comparison.Card(parameters), cancellation).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<Prediction>> AskAsync(
        ChatQuestions asked, string key, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var settings = ChatSettings.Of(
            parameters.Endpoint, parameters.Model, parameters.RequestsPerMinute, parameters.Retries, parameters.Pause, parameters.Timeout);
        var instruction = parameters.Prompt.Replace("{labels}", string.Join(", ", parameters.Labels), StringComparison.Ordinal);
        using ChatClient client = new(settings, key, context.Log);
        using ChatAnswers known = new(Path.Combine(context.WorkDirectory, "answers.jsonl"));
        List<Prediction> predictions = [];
        foreach (var text in asked.Texts)
        {
            var answer = await known.GetAsync(
                ChatClient.Body(parameters.Model, instruction, text), () => client.AskAsync(instruction, text, cancellation))
                .ConfigureAwait(false);
            var label = ChatLabel.In(answer, parameters.Labels);
            var confidence = label == ChatLabel.Unclear ? 0 : 1;
            predictions.Add(new(label, confidence, [new(label, confidence)]));
            context.Progress.Report(new(predictions.Count, asked.Texts.Count, "texts"));
        }
        return predictions;
    }

    private static Task<IReadOnlyList<Prediction>> AnswerWithoutKeyAsync(
        ChatQuestions asked, Model? model, Params parameters, StageContext context, CancellationToken cancellation)
    {
        if (model is null)
            throw new StageException($"The environment variable {parameters.Key} is not set, so there is no key for {parameters.Endpoint}.")
            {
                Help = "set it, or name a model that answers in its place: from: { without_key: rules }",
                Parameter = "key",
            };
        context.Log.Warn($"{parameters.Key} is not set: {SourceName.Of("without_key", 0)} answers in the place of {parameters.Model}");
        return PredictAsync(model, asked.Texts, context, cancellation);
    }

    private static Task<IReadOnlyList<Prediction>> PredictAsync(
        Model model, IReadOnlyList<string> texts, StageContext context, CancellationToken cancellation) =>
        TorchThread.RunAsync(context.Threads, () =>
        {
            using var predictor = Predictor.Load(model, new(context.Device, context.Threads));
            return predictor.Predict(texts, cancellation: cancellation);
        });
}

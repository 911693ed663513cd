using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Predict;

/// <summary>The texts a chat model is asked about: those of the pipeline file, or rows of a table.</summary>
/// <param name="Rows">Those that were drawn; null where the texts are those of the pipeline file.</param>
internal sealed record ChatQuestions(IReadOnlyList<string> Texts, IReadOnlyList<LabelledInput>? Rows)
{
    /// <exception cref="StageException">There are both or neither.</exception>
    public static async Task<ChatQuestions> OfAsync(
        Table? rows, PredictChat.Params parameters, ulong seed, CancellationToken cancellation)
    {
        if ((rows is null) == (parameters.Texts is null))
            throw new StageException(rows is null ? "There are no texts to ask about." : "There are texts and rows to ask about.")
            {
                Help = "give either texts or rows",
                Parameter = "texts",
            };
        if (rows is null)
            return new(parameters.Texts!, null);
        var drawn = RandomRows.Draw(
            await TableRows.ReadSplitAsync(rows, parameters.Split, cancellation).ConfigureAwait(false), parameters.Count,
            new(seed, RandomStreams.PredictedExamples));
        return new([.. drawn.Select(row => row.Text)], drawn);
    }
}

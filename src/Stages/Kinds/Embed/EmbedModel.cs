using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Vectors;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Takes the word vectors out of a model that was trained.</summary>
[Stage("embed/model", Version = 1)]
public sealed class EmbedModel : Stage<EmbedModel.Inputs, EmbedModel.Params, EmbedModel.Outputs>
{
    public sealed record Inputs(Model Model);

    public sealed record Params(int? Words = null);

    public sealed record Outputs([Writes(Columns.Word, Columns.Vector)] Table Vectors, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var encoder = TextPreprocessor.From(inputs.Model.Encoding);
        var vectors = Read(inputs.Model, encoder).Take(parameters.Words ?? int.MaxValue).ToArray();
        var table = await context.Write.TableAsync(
            EncodingChain.Empty, new[] { WordVectors.Batch(vectors) }.ToAsyncEnumerable(), cancellation).ConfigureAwait(false);
        var card = new CardContent(new Fact("word_vectors", table.Rows), new Fact("width", vectors[0].Values.Length));
        return new(table, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    /// <summary>Padding and the unknown word have vectors too, and are no words.</summary>
    private static IEnumerable<WordVector> Read(Model model, TextPreprocessor encoder)
    {
        var tokenizer = encoder.Tokenizer;
        var entry = ModelConfig.Read(model.Directory).Weights.FirstOrDefault(IsEmbedding)
            ?? throw new StageException($"A model of the architecture '{model.Architecture}' has no vectors of words.")
            {
                Help = "Give it a model with an embedding.",
            };
        var values = Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName))[entry.Name].Values;
        var width = (int)entry.Shape[1];
        return Enumerable.Range(0, encoder.VocabularySize).Where(id => id != encoder.PadId && id != tokenizer.UnknownId)
            .Select(id => new WordVector(tokenizer.Vocabulary[id], values[(id * width)..((id + 1) * width)]));

        bool IsEmbedding(WeightEntry weight) =>
            weight.Name.EndsWith("embeddings", StringComparison.Ordinal) && weight.Shape[0] == encoder.VocabularySize;
    }
}

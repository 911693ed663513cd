using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>
/// An encoder LSTM reads the words of a text; from its last state a decoder LSTM writes a code character by character, with attention to
/// the encoder's outputs or without.
/// </summary>
internal sealed class Seq2Seq : IDisposable
{
    private readonly Embedding _words;
    private readonly Lstm _encoder;
    private readonly Parameter _characters;
    private readonly Lstm _decoder;
    private readonly Dense _output;
    private readonly DecoderCell _cell;
    private readonly int _threads;

    public Seq2Seq(Seq2SeqSettings settings, ulong seed, Device device, int threads)
    {
        Settings = settings;
        _threads = threads;
        Parameters = new(seed, device);
        _words = new(
            Parameters, "words", settings.Vocabulary, settings.Embedding,
            (random, count) => Initializers.Embedding(random, count, settings.EmbeddingStart));
        _encoder = new(Parameters, "encoder", settings.Embedding, settings.Units);
        _characters = Parameters.Add(
            "characters.embeddings",
            random => Initializers.Embedding(random, settings.Characters * settings.Embedding, settings.EmbeddingStart),
            [settings.Characters, settings.Embedding]);
        _decoder = new(Parameters, "decoder", settings.Embedding, settings.Units);
        _output = new(Parameters, "output", settings.Units, settings.Characters);
        // Last, so that with and without attention all other weights start alike.
        _cell = DecoderCell.Of(settings.Attention, Parameters, _decoder, threads);
    }

    public Seq2SeqSettings Settings { get; }

    public ParameterSet Parameters { get; }

    /// <summary>The vectors of a batch's words, to be passed on to <see cref="Encode(TokenBatch, Tensor, DropoutMasks?)"/>.</summary>
    public EmbeddingLookup Gather(TokenBatch texts, bool training) => _words.Gather(texts.Words, training);

    /// <summary>Where the decoder starts for every packed text.</summary>
    /// <param name="words">Vectors of the batch's words, one a row of its index.</param>
    public DecoderState Encode(TokenBatch texts, Tensor words, DropoutMasks masks)
    {
        if (!masks.Drop(Settings.Dropout))
            return Encode(texts.Layout, _encoder.Project(words), texts.Index);
        // With dropout every occurrence of a word is another vector, so nothing can be computed once a word.
        var positions = words.index_select(0, Indices.Of(texts.Index.RowOfPosition, words.device));
        return Encode(texts.Layout, _encoder.Project(masks.Apply(positions, Settings.Dropout)), index: null);
    }

    /// <param name="words">Word vectors for every position of the layout.</param>
    public DecoderState Encode(PackedSequence layout, Interpolation words) =>
        Encode(layout, words.Through(_encoder.Project).Rows(), index: null);

    /// <summary>Scores (positions x characters) of each next character, given the true ones before it.</summary>
    public Tensor Logits(Seq2SeqBatch batch, DecoderState encoded, DropoutMasks masks) =>
        Logits(batch.TextOfCode, batch.Codes, batch.Inputs, encoded, masks);

    /// <param name="textOfCode">Packed text of each packed code.</param>
    /// <param name="inputs">Characters the decoder reads.</param>
    public Tensor Logits(int[] textOfCode, PackedSequence codes, RowIndex inputs, DecoderState encoded, DropoutMasks masks)
    {
        var start = encoded.Select(textOfCode);
        return _output.Apply(masks.Apply(_cell.Features(ProjectedCharacters(), codes, inputs, start), Settings.Dropout));
    }

    /// <summary>The same where the decoder reads some of its own characters instead of the true ones.</summary>
    public Tensor Logits(Seq2SeqBatch batch, DecoderState encoded, DropoutMasks masks, SampledCharacters sampled)
    {
        var (projected, state) = (ProjectedCharacters(), encoded.Select(batch.TextOfCode));
        var logits = new Tensor[batch.Codes.Steps];
        for (var t = 0; t < logits.Length; t++)
        {
            var read = sampled.At(batch, t, t == 0 ? null : logits[t - 1]);
            (var features, state) = _cell.Step(projected, read, state.First(read.Length));
            logits[t] = _output.Apply(masks.Apply(features, Settings.Dropout));
        }
        return cat(logits, 0);
    }

    /// <summary>How much each step of its text mattered to each character of the codes (a tensor a step: codes x steps of texts).</summary>
    public IEnumerable<Tensor> AttentionWeights(DecodedSequences codes, DecoderState encoded)
    {
        var inputs = RowIndex.Of(codes.Inputs, Settings.Characters);
        var steps = _cell.Steps(ProjectedCharacters(), codes.Layout, inputs, encoded.Select(codes.TextOfCode));
        return steps.Select(step => step.State.Weights!);
    }

    /// <summary>A word vector for every position of the layout.</summary>
    public Tensor VectorsOf(TokenBatch texts) => _words.VectorsOf(texts);

    /// <summary>The vector of one word (1 x size).</summary>
    public Tensor VectorOf(int word) => _words.Gather([word], training: false).Rows;

    /// <summary>What each character would add to the decoder's gates; computed once for a whole decoding.</summary>
    public Tensor ProjectedCharacters() => _decoder.Project(_characters.Value);

    /// <summary>One step of the decoder: reads a character a sequence, gives scores (sequences x characters) and the new state.</summary>
    public (Tensor Logits, DecoderState State) Advance(Tensor projectedCharacters, int[] characters, DecoderState state)
    {
        var (features, next) = _cell.Step(projectedCharacters, characters, state);
        return (_output.Apply(features), next);
    }

    /// <summary>The layers as a report draws them: n texts of t words, codes of k characters.</summary>
    public NetworkFigure Description()
    {
        NetworkLayers layers = new(Parameters, parameter => parameter.IsTrainable);
        var hasAttention = Settings.Attention != Attention.None;
        var isRead = Settings.Attention == Attention.Bahdanau;
        object[] states = hasAttention ? ["n", "t", Settings.Units] : ["n", Settings.Units];
        var encoder = layers.Add("encoder", [layers.Add("words", [], "n", "t", Settings.Embedding)], states);
        var characters = layers.Add("characters", [], "n", "k", Settings.Embedding);
        int Decoder(params int[] from) => layers.Add("decoder", from, "n", "k", Settings.Units);
        int Attended(params int[] from) => layers.Add("attention", from, "n", "k", Settings.Units);
        // Bahdanau's decoder reads what was attended to; Luong's is read with it.
        var last = !hasAttention ? Decoder(encoder, characters) : isRead ? Decoder(Attended(encoder), characters)
            : Attended(encoder, Decoder(encoder, characters));
        layers.Add("output", [last], "n", "k", Settings.Characters);
        return layers.ToFigure();
    }

    public void Dispose() => Parameters.Dispose();

    private DecoderState Encode(PackedSequence layout, Tensor projected, RowIndex? index)
    {
        var run = new RecurrentRun(layout, index, KeepSteps: _cell.Score is not null, Threads: _threads);
        var encoded = _encoder.Run(projected, run);
        var texts = _cell.Score is { } score ? AttendedTexts.Of(encoded.Outputs!, layout, score) : null;
        return new(encoded.LastOutputs, encoded.LastCells, texts);
    }
}

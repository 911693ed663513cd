using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>An encoder LSTM reads the words of a text; from its last state a decoder LSTM writes a code character by character.</summary>
internal sealed class Seq2Seq : IDisposable
{
    private readonly Embedding _words;
    private readonly Lstm _encoder;
    private readonly Parameter _characters;
    private readonly Lstm _decoder;
    private readonly Dense _output;
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
    }

    public Seq2SeqSettings Settings { get; }

    public ParameterSet Parameters { get; }

    /// <summary>The vectors of a batch's words, to be passed on to <see cref="Encode(TokenBatch, Tensor, DropoutMasks?)"/>.</summary>
    public EmbeddingLookup Gather(TokenBatch texts, bool training) => _words.Gather(texts.Words, training);

    /// <summary>The encoder's last state of every packed text.</summary>
    /// <param name="words">Vectors of the batch's words, one a row of its index.</param>
    public LstmResult Encode(TokenBatch texts, Tensor words, DropoutMasks masks)
    {
        var run = new RecurrentRun(texts.Layout, texts.Index, Threads: _threads);
        if (!masks.Drop(Settings.Dropout))
            return _encoder.Run(_encoder.Project(words), run);
        // With dropout every occurrence of a word is another vector, so nothing can be computed once a word.
        var positions = words.index_select(0, Indices.Of(texts.Index.RowOfPosition, words.device));
        return _encoder.Run(_encoder.Project(masks.Apply(positions, Settings.Dropout)), new RecurrentRun(texts.Layout, Threads: _threads));
    }

    /// <param name="positions">A word vector for every position of the layout.</param>
    public LstmResult Encode(PackedSequence layout, Tensor positions) =>
        _encoder.Run(_encoder.Project(positions), new(layout, Threads: _threads));

    /// <summary>Scores (positions x characters) of each next character, given the true ones before it.</summary>
    public Tensor Logits(Seq2SeqBatch batch, LstmResult encoded, DropoutMasks masks) =>
        Logits(batch.TextOfCode, batch.Codes, batch.Inputs, encoded, masks);

    /// <param name="textOfCode">Packed text of each packed code.</param>
    /// <param name="inputs">Characters the decoder reads.</param>
    public Tensor Logits(int[] textOfCode, PackedSequence codes, RowIndex inputs, LstmResult encoded, DropoutMasks masks)
    {
        var order = Indices.Of(textOfCode, Parameters.Device);
        var (outputs, cells) = (encoded.LastOutputs.index_select(0, order), encoded.LastCells.index_select(0, order));
        var run = new RecurrentRun(codes, inputs, KeepSteps: true, Threads: _threads);
        var decoded = _decoder.Run(_decoder.Project(_characters.Value), run, outputs, cells).Outputs!;
        return _output.Apply(masks.Apply(decoded, Settings.Dropout));
    }

    /// <summary>A word vector for every position of the layout.</summary>
    public Tensor VectorsOf(TokenBatch texts) => _words.VectorsOf(texts);

    /// <summary>The vector of one word (1 x size).</summary>
    public Tensor VectorOf(int word) => _words.Gather([word], training: false).Rows;

    /// <summary>What each character would add to the decoder's gates; computed once for a whole decoding.</summary>
    public Tensor ProjectedCharacters() => _decoder.Project(_characters.Value);

    /// <summary>One step of the decoder: reads a character a sequence, gives scores (sequences x characters) and the new state.</summary>
    public (Tensor Logits, LstmResult State) Advance(Tensor projectedCharacters, int[] characters, LstmResult state)
    {
        var layout = PackedSequence.Of([.. characters.Select(_ => 1)]);
        var run = new RecurrentRun(layout, RowIndex.Of(characters, Settings.Characters), Threads: _threads);
        var next = _decoder.Run(projectedCharacters, run, state.LastOutputs, state.LastCells);
        return (_output.Apply(next.LastOutputs), next);
    }

    public void Dispose() => Parameters.Dispose();
}

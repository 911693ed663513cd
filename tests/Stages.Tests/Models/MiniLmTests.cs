using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;
using Pipelines.TestKit;
using static TorchSharp.torch;

namespace Pipelines.Tests.Stages.Models;

/// <summary>The package's network here against ONNX Runtime on the package's own file.</summary>
public sealed class MiniLmTests : IDisposable
{
    private const string Phrases = "financial-phrasebank/Sentences_75Agree.txt";

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly EncoderPackageFiles _package = new();

    public void Dispose()
    {
        _package.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Hidden_states_of_texts_of_mixed_length_are_those_of_ONNX_Runtime() => Check(
    [
        "Sales fell.", "", "The board of directors proposes a dividend of EUR 0.45 a share to the annual general meeting in April 2009 .",
        "Net profit rose to 12.3 mn euro ($ 17 mn) from 9.8 mn .", "unbelievably", "Où est passé l'été ?",
        string.Join(' ', Enumerable.Repeat("The factory in the north will be closed, said its owner .", 8)),
    ]);

    [SharedDataFact(Phrases)]
    public void So_are_those_of_two_hundred_real_sentences_in_one_batch() =>
        Check([.. File.ReadLines(SharedDataFactAttribute.PathOf(Phrases), Encoding.Latin1)
            .Where((_, row) => row % 17 == 0).Take(200).Select(line => line[..line.LastIndexOf('@')])]);

    [Fact]
    public void The_outputs_hold_a_link_to_the_package_and_no_copy() => Assert.NotNull(
        new FileInfo(Path.Combine(AppContext.BaseDirectory, EncoderPackageFiles.AssemblyName)).LinkTarget);

    private void Check(string[] sentences)
    {
        var model = _package.Model();
        var tokenizer = WordPieceTokenizer.Of(_package.Vocabulary(), lower: true, stripAccents: true);
        using var encoder = TransformerEncoder.Of(EncoderPackageFiles.Config, OnnxWeights.Read(model), CPU, "the package");
        var texts = Ragged.Of(sentences.Select(sentence =>
        {
            List<int> ids = [];
            tokenizer.Encode(sentence, ids);
            return ids.ToArray();
        }));
        using var frozen = no_grad();
        var batch = PaddedBatch.Of(texts, [.. Enumerable.Range(0, texts.Count)], padding: 0);
        var words = TransformerEncoder.Spread(batch, encoder.Gather(batch, training: false).Rows);
        var ours = ParameterSet.ToArray(encoder.HiddenStates(batch, words, DropoutMasks.None));
        var theirs = OnnxHiddenStates(model, texts, batch.Steps);
        var size = encoder.Config.HiddenSize;
        for (var text = 0; text < texts.Count; text++)
            for (var i = 0; i < texts.Length(text) * size; i++)
            {
                var at = (text * batch.Steps * size) + i;
                Assert.True(Math.Abs(ours[at] - theirs[at]) < 1e-4, $"text {text}, value {i}: {ours[at]} and {theirs[at]}");
            }
    }

    private static float[] OnnxHiddenStates(byte[] model, Ragged texts, int steps)
    {
        int[] shape = [texts.Count, steps];
        var (ids, mask, types) = (new DenseTensor<long>(shape), new DenseTensor<long>(shape), new DenseTensor<long>(shape));
        for (var text = 0; text < texts.Count; text++)
            for (var t = 0; t < texts.Length(text); t++)
                (ids[text, t], mask[text, t]) = (texts[text][t], 1);
        using var options = new SessionOptions { IntraOpNumThreads = 2 };
        using var session = new InferenceSession(model, options);
        using var outputs = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("input_ids", ids), NamedOnnxValue.CreateFromTensor("attention_mask", mask),
            NamedOnnxValue.CreateFromTensor("token_type_ids", types),
        ]);
        return [.. outputs[0].AsTensor<float>()];
    }
}

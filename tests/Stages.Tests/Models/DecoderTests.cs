using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Seq2Seq;
using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Tests.Stages.Models;

public sealed class DecoderTests : IDisposable
{
    private const int Start = 1, End = 2;

    private readonly Seq2Seq _model = new(new(
        Vocabulary: 9, Characters: 6, MaxLength: 5, Embedding: 4, Units: 6, Dropout: 0, Masking: true), seed: 11, torch.CPU, threads: 1);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void A_beam_of_width_1_is_greedy()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        foreach (var text in new[] { new[] { 2, 3, 4 }, [5], [] })
        {
            var batch = new TokenPacker(Ragged.Of([text]), 9).Pack([0]);
            var state = _model.Encode(batch, _model.Gather(batch, training: false).Rows, DropoutMasks.None);
            var (written, confidence) = (new List<int>(), 1.0);
            for (var last = Start; last != End && written.Count < 4; written.Add(last))
            {
                (var logits, state) = _model.Advance(_model.ProjectedCharacters(), [last], state);
                var probabilities = ParameterSet.ToArray(logits.softmax(1));
                last = Enumerable.Range(2, 4).MaxBy(character => probabilities[character]);
                confidence *= probabilities[last];
            }
            var found = Assert.Single(Beam(1).Decode(batch)[0]);
            Assert.Equal(written.Where(character => character != End), found.Characters);
            Assert.Equal(confidence, found.Confidence, 1e-6);
        }
    }

    /// <summary>Wide enough to hold every code, it finds them all with their probabilities.</summary>
    [Fact]
    public void A_wide_beam_finds_the_likeliest_codes()
    {
        var codes = Beam(1_000).Decode(Texts())[0];
        Assert.Equal(codes.OrderByDescending(code => code.Confidence), codes);
        Assert.Equal(codes.Count, codes.Select(code => string.Join(',', code.Characters) + code.Ended).Distinct().Count());
        // 1 + 3 + 9 + 27 codes that end, and 81 that reach the longest length; what is never written takes the rest of the probability.
        Assert.Equal(121, codes.Count);
        Assert.InRange(codes.Sum(code => code.Confidence), 0.1, 1);
        Assert.True(Beam(3).Decode(Texts())[0][0].Confidence <= codes[0].Confidence + 1e-9);
    }

    [Fact]
    public void Only_allowed_codes_are_found()
    {
        var trie = new OutputTrie([[3, 4, End], [5, End]]);
        var codes = new BeamDecoder(_model, Start, End, [0, 1], trie, 5).Decode(Texts());
        Assert.All(codes, found => Assert.Equal(["3,4", "5"], found.Select(code => string.Join(',', code.Characters)).Order()));
    }

    private static TokenBatch Texts() => new TokenPacker(Ragged.Of([[2, 3, 4], [5], []]), 9).Pack([0, 1, 2]);

    private BeamDecoder Beam(int width) => new(_model, Start, End, [0, 1], null, width);
}

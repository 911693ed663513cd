using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Seq2Seq;
using Pipelines.Stages.Text;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class ExplainAttentionTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(Attention.Bahdanau, true, PaddingSide.Post)]
    [InlineData(Attention.LuongDot, false, PaddingSide.Pre)]
    public async Task Each_character_written_looks_at_the_words_of_the_raw_text(Attention attention, bool masking, PaddingSide side)
    {
        var table = await _run.CodesAsync(EncodedRows.Wordings(), side);
        var trained = await _run.TrainAsync(new TrainSeq2seq(), Params(attention) with { Masking = masking }, table);
        var rows = await ExplainAsync(table, trained, new(Texts: 6));
        Assert.Equal(6, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var words = rows.Lists<string>("words")[row].ToArray();
            Assert.Equal(rows.Values<string>("text")[row], string.Join(' ', words));
            var lookers = rows.Lists<string>("lookers")[row].ToArray();
            Assert.Equal(rows.Values<string>("predicted")[row] + "</s>", string.Concat(lookers));
            var weights = rows.Lists<double>("weights_by_looker")[row].ToArray();
            var outside = rows.Lists<double>("outside")[row].ToArray();
            for (var looker = 0; looker < lookers.Length; looker++)
            {
                double[] looks = [.. words.Select((_, word) => weights[(word * lookers.Length) + looker])];
                Assert.Equal(1, looks.Sum() + outside[looker], 1e-5);
                Assert.Equal(words[Array.IndexOf(looks, looks.Max())], rows.Lists<string>("carriers")[row][looker]);
                // Only without masking is there padding to look at.
                Assert.InRange(outside[looker], 0, masking ? 1e-6 : 1);
            }
            var all = rows.Lists<double>("weights")[row].ToArray();
            for (var word = 0; word < words.Length; word++)
                Assert.Equal(weights.AsSpan(word * lookers.Length, lookers.Length).ToArray().Average(), all[word], 1e-6);
        }
    }

    /// <summary>As any other method: shares of the words, and of what is no word, that add up to 1.</summary>
    [Fact]
    public async Task A_single_text_is_explained_by_attention_too()
    {
        var trained = await _run.TrainAsync(new TrainSeq2seq(), Params(Attention.Bahdanau), await _run.CodesAsync(EncodedRows.Wordings()));
        using var predictor = Predictor.Load((Model)trained["model"], new());
        const string Text = "Douleur, jambe!";
        LabelledInput row = new("", Text, "", predictor.Encode(Text), []);
        var explanation = Assert.Single(
            new ExplanationMethod.Attention().Of(predictor, new()).Explain([row], _ => { }, CancellationToken.None));
        Assert.Equal(["Douleur", "jambe"], explanation.Words.Select(word => Text.Substring(word.Start, word.Length)));
        Assert.Equal(predictor.Predict([Text])[0].Label, explanation.Main.Label);
        Assert.All(explanation.Main.Scores, score => Assert.InRange(score, 0, 1));
        Assert.Equal(1, explanation.Main.Scores.Sum() + explanation.Main.Rest, 1e-9);
        Assert.Equal(0, explanation.Main.Delta, 1e-9);
    }

    [Fact]
    public async Task A_model_without_attention_is_refused_with_what_to_do()
    {
        var table = await _run.CodesAsync(EncodedRows.Wordings());
        var speller = await _run.TrainAsync(new TrainSeq2seq(), Params(Attention.None), table);
        var error = await Assert.ThrowsAsync<StageException>(() => ExplainAsync(table, speller, new()));
        Assert.Contains("attention: bahdanau", error.Help);

        var classes = await _run.ClassesAsync(EncodedRows.Wordings());
        var majority = await _run.TrainAsync(new TrainMajority(), new TrainMajority.Params(), classes);
        Assert.Contains("take any model", (await Assert.ThrowsAsync<StageException>(() => ExplainAsync(classes, majority, new()))).Help);
    }

    [Theory]
    [InlineData(0, 1.0, 0.0, 0.0, 0.0)]
    [InlineData(0.5, 0.5, 0.5, 0.0, 0.0)]
    [InlineData(1, 0.25, 0.25, 0.25, 0.25)]
    public void Spread_is_the_entropy_as_a_share_of_that_of_equal_weights(double spread, params double[] weights)
    {
        Assert.Equal(spread, HeadSummary.EntropyOf([weights, weights]), 1e-12);
        Assert.Equal(0, HeadSummary.EntropyOf([[1]]));
        Assert.Equal(0, HeadSummary.EntropyOf([]));
    }

    /// <summary>Pieces of a word add up; what special tokens get belongs to no word.</summary>
    [Fact]
    public void Looks_of_a_transformer_are_told_by_word_and_layer()
    {
        LabelledInput row = new("test", "Unhappy: end", "A", new("unhappy : end", [0, 1, 2, 3, 4]), []);
        WordUnits units = new([new(0, 7), new(9, 3)], OfToken: [-1, 0, 0, 1, -1]);
        double[] first = [0.1, 0.2, 0.3, 0.15, 0.25], second = [0.5, 0, 0.25, 0.25, 0];
        AttentionLayer layer = new([[first, second, second, second, second], [second, second, second, second, second]]);
        var text = AttendedText.Of(row, new(new("A", 1, []), Written: null, [layer, layer], Read: [1, 0, 0, 0, 0]), units);

        Assert.Equal(["Unhappy", "end"], text.Words());
        Assert.Equal(["1", "2", AttendedText.Rollout], text.Lookers);
        double[] mean = [0.3, 0.1, 0.275, 0.2, 0.125];
        Near([mean[1] + mean[2], mean[1] + mean[2]], text.Weights[0][..2]);
        Near([mean[3], mean[3]], text.Weights[1][..2]);
        // By hand: the upper layer gives ½ first token + ½ mean; of this half stays and half looks again, the other tokens as `second`.
        double[] half = [0.5 + (0.5 * mean[0]), 0.5 * mean[1], 0.5 * mean[2], 0.5 * mean[3], 0.5 * mean[4]];
        double[] rollout = [.. half.Select((kept, j) => (0.5 * kept) + (0.5 * ((half[0] * mean[j]) + ((1 - half[0]) * second[j]))))];
        Near([rollout[1] + rollout[2], rollout[3]], text.ByWord);
        Assert.Equal(0, text.Carrier);
        Assert.Equal(rollout[0] + rollout[4], text.Outside[2], 1e-12);

        var heads = HeadSummary.Of([text]);
        Near([0.65, 0.5], heads.Words[0]);
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }

    private static TrainSeq2seq.Params Params(Attention attention) =>
        new(EncodedRows.Training(3, 0.01), Embedding: 8, Units: 10, Attention: attention);

    private async Task<RowBatch> ExplainAsync(Table table, ArtifactSet trained, ExplainAttention.Params parameters)
    {
        var outputs = await _run.RunAsync(new ExplainAttention(), parameters, ("model", trained["model"]), ("rows", table));
        return Assert.Single(await StageRun.ReadAsync((Table)outputs["attention"]));
    }
}

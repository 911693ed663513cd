using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Explaining;

/// <summary>Shows what a network looked at, by its own attention, on the words as they stand in the text.</summary>
internal sealed class AttentionExplainer : IExplainer
{
    private readonly Predictor _predictor;
    private readonly IHasAttention _model;
    private readonly TokenPlaces _places;

    /// <exception cref="StageException">The model has no attention.</exception>
    public AttentionExplainer(Predictor predictor)
    {
        _predictor = predictor;
        _model = predictor is IHasAttention { Attends: true } model ? model
            : throw new StageException("This model has no attention to show.")
            {
                Help = predictor is IHasAttention
                    ? "Train it with 'attention: bahdanau', 'luong-general' or 'luong-dot', or use another method of explain/*."
                    : "Models of train/transformer and of train/seq2seq with 'attention' have; other methods of explain/* take any model.",
            };
        _places = new(predictor);
    }

    /// <summary>What was looked at in each row, in order.</summary>
    public IReadOnlyList<AttendedText> Attend(IReadOnlyList<LabelledInput> rows, CancellationToken cancellation)
    {
        var seen = _model.Attend([.. rows.Select(row => row.Input)], cancellation);
        return [.. rows.Zip(seen, (row, attention) => AttendedText.Of(row, attention, UnitsOf(row)))];
    }

    /// <summary>How much the prediction looked at each word: shares of 1, of which some belongs to no word.</summary>
    public IReadOnlyList<Explanation> Explain(IReadOnlyList<LabelledInput> rows, Action<int> done, CancellationToken cancellation)
    {
        var texts = Attend(rows, cancellation);
        done(texts.Count);
        return [.. texts.Select(ToExplanation)];
    }

    private static Explanation ToExplanation(AttendedText text)
    {
        LabelAttributions looks = new(text.Attention.Prediction.Label, text.ByWord, Base: 0, Output: 1) { Rest = 1 - text.ByWord.Sum() };
        return new(text.Row, text.Attention.Prediction, text.Units.Places, [looks]);
    }

    private WordUnits UnitsOf(LabelledInput row)
    {
        var tokens = _predictor.Tokens(row.Text);
        // Rows may have been encoded in another way than the model does; then it is at least known how its vocabulary spells them.
        if (!tokens.Select(token => token.Id).SequenceEqual(row.Input.Ids))
            tokens = [.. row.Input.Ids.Select(id => new Token(_predictor.Encoder.Tokenizer.Vocabulary[id], id))];
        return WordUnits.Of(TextWords.Of(row.Text), _places.Of(row.Text, tokens));
    }
}

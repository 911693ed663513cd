using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Explaining;

/// <summary>Shows what a network looked at, by its own attention, on the words as they stand in the text.</summary>
internal sealed class AttentionExplainer
{
    private readonly Predictor _predictor;
    private readonly IHasAttention _model;
    private readonly TokenPlaces _places;

    /// <exception cref="StageException">The model has no attention.</exception>
    public AttentionExplainer(Predictor predictor, string architecture)
    {
        _predictor = predictor;
        _model = predictor is IHasAttention { Attends: true } model ? model
            : throw new StageException($"This model ({architecture}) has no attention to show.")
            {
                Help = predictor is IHasAttention
                    ? "Train it with 'attention: bahdanau', 'luong-general' or 'luong-dot', or use another method of explain/*."
                    : "Models of train/transformer and of train/seq2seq with 'attention' have; other methods of explain/* take any model.",
            };
        _places = new(predictor);
    }

    /// <summary>One text a row, in order.</summary>
    public IReadOnlyList<AttendedText> Explain(IReadOnlyList<LabelledInput> rows, CancellationToken cancellation)
    {
        var seen = _model.Attend([.. rows.Select(row => row.Input)], cancellation);
        return [.. rows.Zip(seen, (row, attention) => AttendedText.Of(row, attention, UnitsOf(row)))];
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

using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Text.Unicode;

/// <summary>
/// Puts what is loaded into Unicode's Form C, so that <c>café</c> is one word and <c>élan</c> one class whatever keyboard or system
/// wrote it, and counts what
/// that changed. Whoever predicts does the same to a text (<see cref="TextPreprocessor.Prepare"/>).
/// </summary>
public sealed class ComposedTexts
{
    private long _changed;

    public string Of(string text)
    {
        var composed = Normalization.Nfc(text);
        if (composed != text)
            _changed++;
        return composed;
    }

    /// <summary>How many were not in Form C.</summary>
    public Fact ToFact(string name) => new(name, _changed);
}

using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Labels;

/// <summary>Between a label and what a model predicts: class numbers (<c>target</c>) or character ids (<c>target_ids</c>).</summary>
public sealed class LabelCodec
{
    private readonly ClassLabels? _classes;
    private readonly CharacterLabels? _characters;

    private LabelCodec(ClassLabels? classes, CharacterLabels? characters)
    {
        _classes = classes;
        _characters = characters;
    }

    public bool HasClasses => _classes is not null;

    public bool HasCharacters => _characters is not null;

    /// <exception cref="StageException">The labels were not numbered.</exception>
    public ClassLabels Classes => _classes ?? throw new StageException("The labels of these rows are not numbered.")
    {
        Help = "Put label/classes or label/prefix before this stage.",
    };

    /// <exception cref="StageException">The labels were not spelt.</exception>
    public CharacterLabels Characters => _characters ?? throw new StageException("The labels of these rows are not spelt as characters.")
    {
        Help = "Put label/characters before this stage.",
    };

    /// <summary>Whether a model can give this label, as its classes or codes spell it; null where labels were neither numbered nor
    /// spelt.</summary>
    public bool? Knows(string label) => _classes is not null ? _classes.IsName(label) : _characters?.IsValid(label);

    public static LabelCodec From(EncodingChain chain)
    {
        var classes = ClassLabels.StepOf(chain);
        var characters = chain.Find(CharacterLabels.Kind);
        return new(
            classes is null ? null : ClassLabels.From(classes.Settings),
            characters is null ? null : CharacterLabels.From(characters.Settings));
    }
}

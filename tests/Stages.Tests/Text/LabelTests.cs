using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Tests.Stages.Text;

public class LabelTests
{
    [Fact]
    public void Classes_are_numbered_in_the_given_order()
    {
        var labels = ClassLabels.Of(["negative", "neutral", "positive"]);

        Assert.Equal(1, labels.IndexOf("neutral"));
        Assert.Equal(2, labels.IndexOf(" positive "));
        Assert.Null(labels.IndexOf("mixed"));
    }

    [Fact]
    public void The_unknown_class_comes_last()
    {
        var labels = ClassLabels.Of(["b", "a"], unknown: "<UNK>");

        Assert.Equal(["b", "a", "<UNK>"], labels.Names);
        Assert.Equal(2, labels.IndexOf("never seen"));
    }

    [Fact]
    public void A_prefix_is_cut_and_put_in_upper_case()
    {
        var labels = ClassLabels.Of(["S0", "C7"], length: 2, upperCase: true);

        Assert.Equal("C7", labels.ClassOf("c760"));
        Assert.Equal(1, labels.IndexOf("c760"));
        Assert.Equal("I", ClassLabels.Of(["I"], length: 3).ClassOf("I"));
    }

    [Fact]
    public void Codes_are_spelt_between_start_and_end()
    {
        var labels = CharacterLabels.Fit(["C760", "S06", "C760"], "<s>", "</s>", "<UNK>", upperCase: false);
        var ids = new List<int>();
        labels.Encode("C7X", ids);

        Assert.Equal(["", "<s>", "</s>", "<UNK>", "0", "6", "7", "C", "S"], labels.Characters);
        Assert.Equal([1, 7, 6, 3, 2], ids);
        Assert.Equal(6, labels.MaxLength);
        Assert.Equal(["C760", "S06"], labels.ValidCodes);
        Assert.True(labels.IsValid("S06"));
        Assert.False(labels.IsValid("S0"));
    }

    [Fact]
    public void Decoding_stops_at_the_end_sign()
    {
        var labels = CharacterLabels.Fit(["R52"], "<s>", "</s>", "<UNK>", upperCase: false);
        Assert.Equal("R52", labels.Decode([1, 6, 5, 4, 2, 6, 6, 0]));
    }

    [Fact]
    public void Codec_is_made_again_from_a_chain()
    {
        var characters = CharacterLabels.Fit(["R52"], "<s>", "</s>", "<UNK>", upperCase: true);
        var classes = ClassLabels.Of(["R"], "<UNK>", 1, upperCase: true);
        var chain = EncodingChain.Empty
            .With(new(ClassLabels.PrefixKind, classes.ToSettings()))
            .With(new(CharacterLabels.Kind, characters.ToSettings()));

        var codec = LabelCodec.From(chain);

        Assert.Equal(classes.Names, codec.Classes.Names);
        Assert.Equal("R", codec.Classes.ClassOf("r52"));
        Assert.Equal(characters.Characters, codec.Characters.Characters);
        Assert.Equal("R52", codec.Characters.CodeOf("r52"));
    }

    [Fact]
    public void Missing_steps_say_what_to_do()
    {
        var codec = LabelCodec.From(EncodingChain.Empty);

        Assert.False(codec.HasClasses);
        Assert.Contains("label/classes", Assert.Throws<StageException>(() => codec.Classes).Help);
        Assert.Contains("label/characters", Assert.Throws<StageException>(() => codec.Characters).Help);
    }
}

using System.Text.RegularExpressions;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Findings.Rules;

namespace Pipelines.Tests.Runner.Reporting.Findings;

/// <summary>Rules that compare models which answered the same rows.</summary>
public sealed partial class PairRuleTests
{
    [Fact]
    public void Of_one_training_a_value_those_that_cannot_be_told_from_the_best_are_named_with_it()
    {
        FindingText text = new(SampleRun.Files.Language("fr"), "test");
        var rule = FindingRules.All.Single(rule => rule.Id == "values");
        var data = FindingSamples.ByRule["values"].Found;

        // Two rows more are chance (p = 0.5), twelve are not (p = 0.0005, three times that with three pairs).
        Assert.Equal("« luong » et « bahdanau » font mieux que « none »", Spaces().Replace(text.Title(new(rule, rule.Of(data)!)), " "));
        // Six rows between are chance among three pairs (p = 0.031, twice that): the second is neither better nor worse.
        var between = new Rival("bahdanau", [.. Enumerable.Repeat(true, 54), .. Enumerable.Repeat(false, 46)]) { Value = "bahdanau" };
        Assert.Equal("« luong » fait mieux que « none »",
            Spaces().Replace(text.Title(new(rule, rule.Of(data with { Rivals = [data.Rivals[0], between] })!)), " "));
        data = data with { Rivals = [data.Rivals[0]] };
        Assert.Equal("« luong » fait mieux que « none »", Spaces().Replace(text.Title(new(rule, rule.Of(data)!)), " "));
        // Six rows of one pair are measurable (p = 0.031), of one pair among three they are not.
        var six = new Rival("none", [.. Enumerable.Repeat(true, 54), .. Enumerable.Repeat(false, 46)]) { Value = "none" };
        Assert.True(rule.Of(data with { Rivals = [six] })!.IsMeasurable);
        Assert.False(rule.Of(data with { Rivals = [six, six with { Model = "svm", Value = null }] })!.IsMeasurable);
        var two = rule.Of(data with { Rivals = [six, six with { Value = "bahdanau" }] })!;
        Assert.False(two.IsMeasurable);
        Assert.Equal(
            "Aucune différence mesurable entre « luong », « none » et « bahdanau »", Spaces().Replace(text.Title(new(rule, two)), " "));
        // The interval of the pair alone leaves out 0, and it is said why this is no difference.
        Assert.Contains(
            "+1,3 pt à +10,7 pt, test de McNemar, p corrigé = 0,094 ; le test, plus prudent, ne tranche pas)",
            Spaces().Replace(text.Sentence(new(rule, two)), " "), StringComparison.Ordinal);
        Assert.DoesNotContain("ne tranche pas", text.Sentence(new(rule, rule.Of(data)!)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_values_that_the_hypothesis_compares_are_not_told_again_as_values_of_a_setting()
    {
        var data = FindingSamples.ByRule["values"].Found with { Model = "luong" };
        var none = data.Rivals[0];
        Rival own = new("luong", [.. data.Answers.Select(answer => answer.IsRight)]);

        Assert.Contains(FindingRules.Of(data), found => found.Rule.Id == "values");
        var found = FindingRules.Of(data with { Compared = [new(none, own)] });
        Assert.DoesNotContain(found, one => one.Rule.Id == "values");
        Assert.Equal("_worse", found.Single(one => one.Finding.IsAsked).Finding.Variant);
    }

    /// <summary>The model that is told may have answered other texts where the hypothesis compares it.</summary>
    [Fact]
    public void What_is_compared_is_tested_by_its_own_answers()
    {
        var data = FindingSamples.ByRule["question"].Found;
        var pair = data.Compared[0];

        var found = new AskedDifference().Of(data with { Model = pair.First.Model, Compared = [pair] })!;

        Assert.Equal("_worse", found.Variant);
        Assert.Equal("<\u00A00.001", found.Values["p"].In(SampleRun.Files.Language("en")));
    }

    [Fact]
    public void Two_cells_are_no_answer_where_the_effect_of_their_setting_is_measured_on_more()
    {
        var data = FindingSamples.ByRule["question"].Found;
        var effects = FindingSamples.ByRule["effect"].Found.Effects;
        var cells = data with { Compared = [.. data.Compared.Select(pair => pair with { AreCells = true })] };

        Assert.NotNull(new AskedDifference().Of(cells));
        Assert.NotNull(new AskedDifference().Of(data with { Effects = effects }));
        Assert.Null(new AskedDifference().Of(cells with { Effects = effects }));
        // One training a value is no effect that could be measured.
        var single = effects[0] with
        {
            Values = [.. effects[0].Values.Select(value => value with { Measured = value.Measured.Take(1).ToDictionary() })],
        };
        Assert.NotNull(new AskedDifference().Of(cells with { Effects = [single] }));
    }

    [Fact]
    public void Another_cell_of_the_evaluation_is_told_as_an_effect_and_not_as_a_model()
    {
        var rule = FindingRules.All.Single(rule => rule.Id == "rivals");
        var data = FindingSamples.ByRule["rivals"].Found;

        Assert.True(rule.Of(data)!.IsAnswer);
        Assert.Equal("Aucune différence mesurable entre « lstm » et « svm »", Spaces().Replace(
            new FindingText(SampleRun.Files.Language("fr"), "test").Lead(new(rule, rule.Of(data)!)), " "));
        Assert.Null(rule.Of(data with { Rivals = [.. data.Rivals.Select(rival => rival with { IsCell = true })] }));
    }

    /// <summary>A table of all pairs corrects for their number, and the finding says nothing else.</summary>
    [Fact]
    public void A_rival_among_several_is_told_apart_by_the_corrected_test()
    {
        var rule = FindingRules.All.Single(rule => rule.Id == "rivals");
        var data = FindingSamples.ByRule["rivals"].Found;
        var six = data.Rivals[0] with { IsRight = [.. Enumerable.Repeat(true, 54), .. Enumerable.Repeat(false, 46)] };

        Assert.Equal("_better", rule.Of(data with { Rivals = [six] })!.Variant);
        Assert.Equal("", rule.Of(data with { Rivals = [six, six with { Model = "bayes" }] })!.Variant);
    }

    [GeneratedRegex("[\u00A0\u202F]")]
    private static partial Regex Spaces();
}

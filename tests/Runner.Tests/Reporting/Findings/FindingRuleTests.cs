using System.Text.RegularExpressions;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Findings.Rules;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting.Findings;

public sealed partial class FindingRuleTests
{
    public static TheoryData<string> Rules => [.. FindingRules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_speaks_of_what_it_looks_for_and_of_nothing_else(string id)
    {
        var rule = FindingRules.All.Single(rule => rule.Id == id);
        var (found, quiet) = FindingSamples.ByRule[id];

        Assert.NotNull(rule.Of(found));
        Assert.Null(rule.Of(quiet));
        Assert.Null(rule.Of(new()));
    }

    [Fact]
    public void No_sample_is_of_a_rule_that_is_gone() =>
        Assert.Equal(FindingRules.All.Select(rule => rule.Id).Order(), FindingSamples.ByRule.Keys.Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public void Its_sentences_hold_all_values_in_both_languages(string id)
    {
        var rule = FindingRules.All.Single(rule => rule.Id == id);
        var finding = rule.Of(FindingSamples.ByRule[id].Found)!;
        foreach (var language in new[] { SampleRun.Files.Language("fr"), SampleRun.Files.Language("en") })
        {
            FindingText text = new(language, "test");
            List<string> sentences = [text.Sentence(new(rule, finding))];
            if (rule.Topic != FindingTopic.Limits)
                sentences.Add(text.Title(new(rule, finding)));
            if (finding.IsReservation)
                sentences.Add(text.Reservation(new(rule, finding)));

            Assert.All(sentences, sentence => Assert.DoesNotMatch("[{}]|NaN|–%|  |\\.\\.", sentence));
            // An axis and its cells have the names that the pipeline file gives them.
            Assert.All(rule.Topic == FindingTopic.Effects ? [] : finding.Figure?.Keys() ?? [], key => Assert.NotNull(language.Find(key)));
        }
    }

    /// <summary>« 0,001 → 0,001, soit −53,1 % » says two things that cannot both be.</summary>
    [Fact]
    public void Numbers_of_a_sentence_that_differ_are_not_rounded_alike()
    {
        FindingText text = new(SampleRun.Files.Language("fr"), "test");
        var rule = FindingRules.All.Single(rule => rule.Id == "still_improving");
        Finding finding = new(0, new Dictionary<string, FindingValue>
        {
            ["before"] = FindingValue.Decimal(0.00128),
            ["after"] = FindingValue.Decimal(0.0006),
            ["drop"] = FindingValue.Share(0.531),
        });

        Assert.Contains("(0,0013 → 0,0006, soit", text.Sentence(new(rule, finding)), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_figure_holds_finite_numbers() => Assert.All(FindingRules.All, rule =>
    {
        if (rule.Of(FindingSamples.ByRule[rule.Id].Found)!.Figure is { } item)
            Assert.All((item as Grid ?? ((Figure)item).ToGrid()).Rows.SelectMany(row => row).OfType<double>(),
                value => Assert.True(double.IsFinite(value), rule.Id));
    });

    [Theory]
    [InlineData("degenerate", "« a » pour 100 des 100 lignes de test, alors que 60 seulement ont cette étiquette.")]
    [InlineData("leak",
        "20 lignes de test (16,7 %) ont un texte qui est aussi dans l’entraînement : 100,0 % de réponses justes sur elles, 50,0 % " +
        "sur les autres.")]
    [InlineData("contradictory",
        "10 des 100 lignes de test ont un texte qui porte aussi une autre étiquette : aucun modèle ne peut dépasser 96,0 % de " +
        "réponses justes ; celui-ci en a 96,0 %.")]
    [InlineData("never_predicted",
        "Sur 3 classes apprises, le modèle ne répond jamais c : ses 4 lignes de test (4,0 %) sont des erreurs.")]
    [InlineData("class_size",
        "25,0 % de réponses justes pour les classes de moins de 50 exemples (1 sur 3), 95,8 % pour les autres.")]
    [InlineData("confused", "Cette confusion fait 8 des 10 erreurs (80,0 %) ; 88 lignes de test ont l’étiquette « a ».")]
    [InlineData("overused", "70 réponses, dont 30 fausses, alors que 40 lignes de test ont cette étiquette.")]
    [InlineData("beginning", "75,0 % des 16 réponses fausses ont déjà les 2 premiers caractères justes.")]
    [InlineData("surest",
        "En ne gardant que les 80 % de réponses les plus sûres (confiance d’au moins 90 %), la part de réponses justes monte de " +
        "80,0 % à 100,0 %.")]
    [InlineData("calibration", "Confiance moyenne de 95,4 % pour 60,0 % de réponses justes : 35,4 points d’écart.")]
    [InlineData("unknown",
        "50,0 % d’erreurs sur les 30 lignes de test avec un mot inconnu, 5,0 % sur les autres ; par exemple « typo ».")]
    [InlineData("length", "100,0 % de réponses justes jusqu’à un mot, 33,3 % à partir de 7 mots.")]
    [InlineData("still_improving", "La perte de validation baissait encore à la dernière époque (2,500 → 2,000, soit −20,0 %).")]
    [InlineData("by_heart", "99,0 % sur l’entraînement, 75,0 % sur la validation à l’époque 2 : 24,0 points d’écart.")]
    [InlineData("rivals",
        "60,0 % contre 58,0 % : 2 lignes de test justes pour « lstm » seul, 0 pour « svm » seul (test de McNemar, p corrigé = 0,500).")]
    [InlineData("question",
        "46,0 % contre 58,0 %, sur les mêmes lignes : −12,0 pt (IC 95 % : −18,4 pt à −5,6 pt, test de McNemar, p corrigé < 0,001) ; "
        + "« whole » et « frozen » : +14,0 pt (+7,2 pt à +20,8 pt).")]
    [InlineData("values",
        "60,0 % de réponses justes avec « luong » (attention), 48,0 % avec « none », sur les mêmes lignes : +12,0 pt (IC 95 % : +5,6 pt " +
        "à +18,4 pt, test de McNemar, p corrigé = 0,001).")]
    [InlineData("chosen_setting",
        "C’est le meilleur de 3 réglages essayés : 90,0 % par la mesure qui choisit, quand le moins bon atteint 70,0 %.")]
    [InlineData("asked",
        "92,0 % de réponses justes avec length = 1, 60,0 % avec length = 4 : les étiquettes demandées ne sont pas les mêmes. "
        + "La plus grande marche va de 2 à 4 (85,0 %, puis 60,0 %).")]
    [InlineData("misleading",
        "Dans un des 2 textes expliqués la réponse est fausse ; « pain » y pèse le plus (+0,700) : « b » au lieu de « a ».")]
    public void Its_numbers_are_those_of_the_data(string id, string sentence)
    {
        var rule = FindingRules.All.Single(rule => rule.Id == id);
        FindingText text = new(SampleRun.Files.Language("fr"), "test");

        Assert.Equal(sentence, Spaces().Replace(text.Sentence(new(rule, rule.Of(FindingSamples.ByRule[id].Found)!)), " "));
    }

    [Fact]
    public void One_worse_epoch_few_classes_of_many_and_a_training_that_is_right_are_not_told()
    {
        var overfitting = FindingSamples.ByRule["overfitting"].Found;
        Assert.Null(new Overfitting().Of(overfitting with
        {
            Epochs = overfitting.Epochs! with { ValidationLoss = [3, 2, 1, 1.5] },
        }));
        var improving = FindingSamples.ByRule["still_improving"].Found;
        Assert.Null(new StillImproving().Of(improving with
        {
            Answers = FindingSamples.Rows(100, "a", "a"),
        }));
        string[] rare = [.. Enumerable.Range(0, 10).Select(number => $"rare {number}")];
        Assert.Null(new ClassSize().Of(new()
        {
            Answers =
            [
                .. FindingSamples.Rows(50, "a", "a"),
                .. rare.SelectMany(label => FindingSamples.Rows(5, label, "a")),
            ],
            Learned = rare.Select(label => (Label: label, Rows: 10L)).Append(("a", 900L)).ToDictionary(),
        }));
    }

    /// <summary>Four answers where three would be right are one mistake, and no habit.</summary>
    [Theory]
    [InlineData(180, true)]
    [InlineData(181, false)]
    public void What_nearly_all_texts_have_is_not_told_of_them(int rows, bool told)
    {
        var data = FindingSamples.Of(FindingSamples.Words(20, "a", "a"),
            FindingSamples.Words(rows / 2, "a", "a", "typo"), FindingSamples.Words(rows - (rows / 2), "b", "a", "typo"));

        Assert.Equal(told, new UnknownWords().Of(data) is not null);
        Assert.NotNull(data.Slices.ByUnknownWords);
    }

    [Fact]
    public void A_label_is_not_overused_by_one_answer_of_twenty() =>
        Assert.Null(FindingRules.All.Single(rule => rule.Id == "overused").Of(FindingSamples.Of(
            FindingSamples.Rows(16, "a", "a"), FindingSamples.Rows(3, "b", "b"), FindingSamples.Rows(1, "a", "b"))));

    [Fact]
    public void Several_axes_without_a_difference_are_all_named()
    {
        FindingText text = new(SampleRun.Files.Language("fr"), "test");
        var effect = FindingSamples.ByRule["effect"].Found.Effects[0];
        var rule = FindingRules.All.Single(rule => rule.Id == "effect");

        RuledFinding found = new(rule, rule.Of(new() { Effects = [effect with { Axis = "length" }, effect] })!);

        Assert.Equal("Aucune différence mesurable selon length et dropout", text.Title(found));
        Assert.Equal(
            "Aucune différence mesurable selon length et dropout ; la plus grande, de 0,1 à 0,3", Spaces().Replace(text.Lead(found), " "));
    }

    [Fact]
    public void That_a_model_answers_always_the_same_is_said_once()
    {
        var data = FindingSamples.Of(FindingSamples.Rows(150, "neg", "neg"), FindingSamples.Rows(150, "pos", "neg")) with
        {
            Learned = new Dictionary<string, long> { ["neg"] = 300, ["pos"] = 300 },
        };

        Assert.NotNull(FindingRules.All.Single(rule => rule.Id == "never_predicted").Of(data));
        Assert.NotNull(FindingRules.All.Single(rule => rule.Id == "overused").Of(data));
        var found = FindingRules.Of(data);
        Assert.Equal("degenerate", found[0].Rule.Id);
        Assert.DoesNotContain(found, one => one.Rule.Topic is FindingTopic.Classes or FindingTopic.Errors);
    }

    /// <summary>A pipeline that changes the network of one that tries three starts is about the network.</summary>
    [Fact]
    public void What_a_pipeline_changes_itself_goes_before_axes_of_the_one_that_it_extends()
    {
        var data = FindingSamples.ByRule["values"].Found with { Parent = FindingSamples.ByRule["parent"].Found.Parent };

        Assert.Equal("values", FirstEffect(data));
        Assert.Equal("parent", FirstEffect(data with { InheritedAxes = new HashSet<string> { "attention" } }));

        static string FirstEffect(FindingData data) =>
            FindingRules.Of(data).First(found => found.Rule.Topic == FindingTopic.Effects).Rule.Id;
    }

    [Fact]
    public void A_report_tells_one_of_each_topic_and_four_at_most()
    {
        var data = FindingSamples.ByRule["class_size"].Found with
        {
            Epochs = FindingSamples.ByRule["overfitting"].Found.Epochs,
            Explained = FindingSamples.ByRule["misleading"].Found.Explained,
            IsSample = true,
        };

        var told = FindingRules.Told(FindingRules.Of(data));

        Assert.InRange(told.Count, 3, 4);
        Assert.Equal(told.Count, told.Select(found => found.Rule.Topic).Distinct().Count());
        Assert.DoesNotContain(told, found => found.Rule.Topic == FindingTopic.Limits);
        Assert.Equal("sample_data", FindingRules.Limits(FindingRules.Of(data)).Single().Rule.Id);
    }

    [GeneratedRegex("[\u00A0\u202F]")]
    private static partial Regex Spaces();
}

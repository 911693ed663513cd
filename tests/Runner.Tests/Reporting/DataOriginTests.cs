using System.Security.Cryptography;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>What a reader needs to know of the data, and tables without what is the same in every row.</summary>
public sealed class DataOriginTests
{
    [Fact]
    public void The_files_of_a_plan_are_told_with_size_and_hash_and_with_what_lies_beside_them()
    {
        var origin = DataOrigin.Of(SampleRun.Plan(), SampleRun.Home);

        var train = Path.Combine(SampleRun.Home, "data/samples/icd10/train.csv");
        Assert.Equal(["test", "train", "validation"], origin.Files.Select(file => Path.GetFileNameWithoutExtension(file.Path)));
        Assert.Equal(
            (new FileInfo(train).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(train)))),
            (origin.Files[1].Bytes, origin.Files[1].Hash));
        Assert.Equal("MIT", origin.Licence!.In("fr"));
        Assert.Contains("synthétiques", origin.Source!.In("fr"), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_which_nobody_says_anything_are_told_so()
    {
        var items = OriginItems.Of(new([new("data/x.csv", 3, null)], null, null, null), SampleRun.Files.Language("en"));

        Assert.StartsWith("not given", items.OfType<Fact>().Single().Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_one_number_is_a_sentence_below_the_table()
    {
        Grid grid = new("history", [new("epoch"), new("loss"), new("learning_rate"), new("errors")],
            [.. Enumerable.Range(1, 3).Select(epoch => (IReadOnlyList<object?>)[epoch, 1.0 / epoch, 0.001, 0])]);

        var view = Assert.IsType<GridView>(new BlockBuilder(SampleRun.Files.Language("en"), new()).Items("model", [grid]).Single());

        Assert.Equal(["Epoch", "Loss"], view.Tables[0].Columns.Select(column => column.Text));
        Assert.Equal("Zero in every row: errors. The same value in every row: learning rate\u00A0=\u00A00.001.", view.Note);
    }

    [Fact]
    public void Counts_of_nothing_are_one_sentence_and_a_single_one_among_them_stays()
    {
        BlockBuilder builder = new(SampleRun.Files.Language("en"), new());

        var views = builder.Items("rows", [new Fact("rows", 5), new Fact("empty", 0), new Fact("errors", 0.0)]);

        Assert.Equal(["facts", "sentence"], views.Select(view => view.Kind));
        Assert.Equal("Zero: empty, errors.", Assert.IsType<SentenceView>(views[1]).Text);
        Assert.Equal(["facts"], builder.Items("rows", [new Fact("errors", 0)]).Select(view => view.Kind));
    }

    [Theory]
    [InlineData("epochs: 15", "L’époque 15 sur 15 est la meilleure.")]
    [InlineData("epochs: 30", "l’entraînement s’est arrêté avant les 30 prévues")]
    public void A_training_that_stops_early_says_so_and_the_time_of_an_epoch_stands_with_its_time(string planned, string said)
    {
        var text = SampleRun.Text(SampleRun.Plan(yaml => yaml.Replace("epochs: 15", planned, StringComparison.Ordinal)));

        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Matches(@"51\W*s \(11[0-9,]*\W*s par époque\)", text);
    }
}

using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.TestKit.Stages;

namespace Pipelines.Tests.Runner.Execution;

/// <summary>What changed, in the words and at the places of the file.</summary>
public sealed class ReasonFormatTests
{
    private const string Yaml = """
        pipeline: x
        vars: { rate: 0.1, epochs: 3 }
        stages:
          rows: { uses: load/fake, with: { train: a.csv, text: t } }
          model:
            uses: train/fake
            from: rows
            with: { epochs: "${epochs}", rate: "${rate}", layers: [average-pool] }
        """;

    [Fact]
    public void A_value_that_came_by_a_variable_is_placed_where_it_is_written() =>
        Assert.Equal(
            ["with.rate 0.1 → 0.2 (x.yaml:2:15, used at 8:40)"], Lines(Yaml.Replace("rate: 0.1", "rate: 0.2", StringComparison.Ordinal)));

    [Fact]
    public void And_on_the_command_line_when_it_is_given_there() =>
        Assert.Equal(["with.rate 0.1 → 0.2 (-p rate=0.2, used at x.yaml:8:40)"], Lines(Yaml, new(["rate=0.2"], [])));

    [Fact]
    public void And_in_the_matrix_when_it_is_the_value_of_a_cell()
    {
        var cell = Yaml.Replace("    with: { epochs: \"${epochs}\", rate: \"${rate}\"",
            "    matrix: { rate: [0.1, 0.4] }\n    with: { epochs: \"${epochs}\", rate: \"${matrix.rate}\"", StringComparison.Ordinal);

        Assert.Equal(["with.rate 0.1 → 0.4 (x.yaml:8:27, used at 9:40)"], Lines(cell, stage: "model@rate=0.4"));
    }

    [Fact]
    public void A_value_that_is_no_longer_written_is_the_default() =>
        Assert.Equal(["with.rate 0.1 → 0.001, the default"],
            Lines(Yaml.Replace("rate: \"${rate}\", ", "", StringComparison.Ordinal).Replace("rate: 0.1, ", "", StringComparison.Ordinal)));

    [Fact]
    public void A_case_is_told_with_what_is_written_for_it_and_without_its_defaults() =>
        Assert.Equal(["with.layers.0 average-pool → lstm { units: 4 } (x.yaml:8:60)"],
            Lines(Yaml.Replace("[average-pool]", "[lstm: { units: 4 }]", StringComparison.Ordinal)));

    [Fact]
    public void A_case_that_is_gone_takes_its_parameters_along()
    {
        var before = Yaml.Replace("[average-pool]", "[lstm: { units: 4 }, average-pool]", StringComparison.Ordinal);

        Assert.Equal(["with.layers.0 is gone: lstm (x.yaml:8:59)"], Lines(Yaml, before: before));
    }

    [Fact]
    public void What_is_put_into_the_middle_of_a_list_is_the_only_change() =>
        Assert.Equal(["with.layers.1 is new: lstm { units: 4 } (x.yaml:8:71)"], Lines(
            Layers("embedding, lstm: { units: 4 }, lstm: { units: 8 }, average-pool"),
            before: Layers("embedding, lstm: { units: 8 }, average-pool")));

    [Fact]
    public void What_moved_and_changed_is_told_by_what_changed() =>
        Assert.Equal(["with.layers.0 is new: average-pool (x.yaml:8:60)", "with.layers.1.lstm.units 4 → 8 (x.yaml:8:89)"], Lines(
            Layers("average-pool, lstm: { units: 8 }"), before: Layers("lstm: { units: 4 }")));

    [Fact]
    public void One_in_the_place_of_another_is_a_change_of_that_place() =>
        Assert.Equal(["with.layers.1 average-pool → lstm { units: 4 } (x.yaml:8:71)"], Lines(
            Layers("embedding, lstm: { units: 4 }, embedding"), before: Layers("embedding, average-pool, embedding")));

    private static string Layers(string layers) => Yaml.Replace("average-pool", layers, StringComparison.Ordinal);

    private static List<string> Lines(string now, Overrides? overrides = null, string stage = "model", string before = Yaml)
    {
        var planned = Stage(now, overrides ?? Overrides.None, stage);
        return [.. ReasonFormat.Of(planned, Reasons(planned).ChangesSince(Reasons(Stage(before, Overrides.None, "model"))))];
    }

    private static PlannedStage Stage(string yaml, Overrides overrides, string id) =>
        Plan.Read(new("x.yaml", yaml), _ => null, overrides, FakeStages.Catalog).Value!.Stages.Single(stage => stage.Id == id);

    private static Fingerprint Reasons(PlannedStage stage) =>
        Fingerprint.Of(stage.Values.Where(value => value.Value.InFingerprint)
            .Select(value => KeyValuePair.Create($"with.{value.Key}", value.Value.Text)));
}

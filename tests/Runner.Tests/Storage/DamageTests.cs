using Pipelines.Runner.Execution;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Storage;

/// <summary>Whatever is broken in the store costs a run, never an error.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly EngineRig _rig = new();

    [Theory]
    [InlineData("delete", "never ran")]
    [InlineData("truncate", "damaged action file")]
    [InlineData("flip", "damaged action file")]
    [InlineData("empty", "damaged action file")]
    public async Task A_broken_action_file_is_a_miss(string how, string why)
    {
        await _rig.RunAsync(One());
        Break(Single("actions"), how);
        DeleteExplanations();

        var record = await _rig.RunAsync(One());

        Assert.Equal("a:ran", EngineRig.Outcomes(record));
        Assert.Equal([why], EngineRig.Stage(record, "a").Why);
    }

    [Fact]
    public async Task An_action_file_of_another_version_is_a_miss_and_is_replaced()
    {
        await _rig.RunAsync(One());
        var file = Single("actions");
        var text = File.ReadAllText(file).Replace("pipelines action 1", "pipelines action 9", StringComparison.Ordinal);
        File.WriteAllText(file, text);

        Assert.Equal("a:ran", EngineRig.Outcomes(await _rig.RunAsync(One())));
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(One())));
    }

    [Theory]
    [InlineData("delete", "is missing")]
    [InlineData("truncate", "bytes instead of")]
    public async Task A_broken_object_is_a_miss(string how, string why)
    {
        await _rig.RunAsync(One());
        Break(Single("objects", "rows.parquet"), how);

        var record = await _rig.RunAsync(One());

        Assert.Equal("a:ran", EngineRig.Outcomes(record));
        Assert.Contains(why, EngineRig.Stage(record, "a").Why[0], StringComparison.Ordinal);
        Assert.Equal(1, EngineRig.Number(record, "a"));
        Assert.Equal("a:reused", EngineRig.Outcomes(await _rig.RunAsync(One())));
    }

    [Fact]
    public async Task A_flipped_bit_in_what_a_stage_last_was_costs_only_the_explanation()
    {
        await _rig.RunAsync(One());
        var file = Directory.GetFiles(Path.Combine(_rig.StoreFolder, "runs", "last")).Single();
        var bytes = await File.ReadAllBytesAsync(file);
        // Inside of a text: of right syntax, but no longer UTF-8.
        bytes[bytes.AsSpan().IndexOf("\"kind\": \""u8) + 9] |= 0x80;
        await File.WriteAllBytesAsync(file, bytes);

        Assert.Equal("a:ran", EngineRig.Outcomes(await _rig.RunAsync(new FakePipeline().Add("a", with: ("add", "7")))));
    }

    [Fact]
    public async Task A_lost_object_is_a_miss()
    {
        await _rig.RunAsync(One());
        Directory.Delete(Path.GetDirectoryName(Single("objects", "rows.parquet"))!, recursive: true);

        var record = await _rig.RunAsync(One());

        Assert.StartsWith("object missing: ", EngineRig.Stage(record, "a").Why[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("zero")]
    public async Task Damage_found_while_reading_makes_the_producer_run_again(string how)
    {
        await _rig.RunAsync(One().Add("b", "a"));
        Break(Directory.GetFiles(_rig.StoreFolder, "rows.parquet", SearchOption.AllDirectories)
            .Single(file => File.ReadAllText(file).Contains("n 1\n", StringComparison.Ordinal)), how);

        // Of the same size: only who reads it notices.
        var record = await _rig.RunAsync(One().Add("b", "a", with: ("add", "7")));

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(record));
        Assert.Equal(8, EngineRig.Number(record, "b"));
        Assert.Contains("its result was damaged", EngineRig.Stage(record, "a").Why[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_bit_that_can_be_read_all_the_same_is_noticed_before_a_stage_uses_it()
    {
        var first = await _rig.RunAsync(One().Add("b", "a"));
        var file = Path.Combine(EngineRig.TableOf(first, "a").Directory, "rows.parquet");
        File.SetAttributes(file, FileAttributes.Normal);
        // The number 1 becomes the number 3, and nothing that reads it can know.
        File.WriteAllText(file, File.ReadAllText(file).Replace("n 1", "n 3", StringComparison.Ordinal));

        var record = await _rig.RunAsync(One().Add("b", "a", with: ("add", "7")));

        Assert.Equal("a:ran b:ran", EngineRig.Outcomes(record));
        Assert.Equal(8, EngineRig.Number(record, "b"));
        Assert.Contains("the content of rows.parquet has changed", EngineRig.Stage(record, "a").Why[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("line")]
    public async Task A_list_of_files_that_is_cut_short_hides_no_damage(string how)
    {
        var first = await _rig.RunAsync(One().Add("b", "a"));
        var folder = EngineRig.TableOf(first, "a").Directory;
        foreach (var name in new[] { "rows.parquet", ".files" })
            File.SetAttributes(Path.Combine(folder, name), FileAttributes.Normal);
        var rows = Path.Combine(folder, "rows.parquet");
        File.WriteAllText(rows, File.ReadAllText(rows).Replace("n 1", "n 3", StringComparison.Ordinal));
        var list = Path.Combine(folder, ".files");
        var lines = File.ReadAllLines(list);
        File.WriteAllText(list, how switch { "cut" => string.Join('\n', lines[..^1]), "empty" => "", _ => lines[0] + "\n" + lines[^1] });

        var record = await _rig.RunAsync(One().Add("b", "a", with: ("add", "7")));

        Assert.Equal(8, EngineRig.Number(record, "b"));
    }

    [Fact]
    public async Task Damage_of_an_artifact_that_is_handed_on_runs_those_who_made_and_handed_it()
    {
        var handing = new FakeKind("handing", call => Task.FromResult(FakeCall.Of(call.Tables[0])));
        var first = await _rig.RunAsync(One().Add("b", "a", handing).Add("c", "b"));
        Directory.Delete(EngineRig.TableOf(first, "b").Directory, recursive: true);

        var record = await _rig.RunAsync(One().Add("b", "a", handing).Add("c", "b", with: ("add", "7")));

        Assert.Equal(8, EngineRig.Number(record, "c"));
        Assert.All(record.Stages, stage => Assert.NotNull(stage.Outcome.Results));
    }

    [Fact]
    public async Task Many_stages_that_find_the_same_object_damaged_put_it_back_together()
    {
        // Different stages, equal content: all of them point to one object.
        var pipeline = new FakePipeline();
        for (var i = 1; i <= 12; i++)
            pipeline.Add($"s{i}", with: [("add", $"{i * 100}"), ("divide", $"{i * 100}")]);
        _rig.Options = _rig.Options with { Jobs = 6 };
        await _rig.RunAsync(pipeline);
        for (var round = 0; round < 5; round++)
        {
            Break(Single("objects", "rows.parquet"), "truncate");
            var record = await _rig.RunAsync(pipeline);
            Assert.All(record.Stages, stage => Assert.Equal(1, EngineRig.Number(record, stage.Id)));
        }
    }

    [Fact]
    public async Task Damage_that_comes_back_every_time_ends_in_a_failure()
    {
        var breaking = new FakeKind("breaking", call =>
        {
            Break(Path.Combine(call.Tables[0].Directory, "rows.parquet"), "flip");
            return call.TableAsync(("n", FakeArtifactWriter.Read(call.Tables[0], "n")[0]));
        });

        var record = await _rig.RunAsync(One().Add("b", "a", breaking));

        Assert.Contains(
            "damaged again and again", ((StageOutcome.Failed)EngineRig.Stage(record, "b").Outcome).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _rig.Dispose();

    private static FakePipeline One() => new FakePipeline().Add("a");

    private string Single(string folder, string name = "*.json") =>
        Directory.GetFiles(Path.Combine(_rig.StoreFolder, folder), name, SearchOption.AllDirectories).Single();

    private void DeleteExplanations() => Directory.Delete(Path.Combine(_rig.StoreFolder, "runs", "last"), recursive: true);

    private static void Break(string file, string how)
    {
        File.SetAttributes(file, FileAttributes.Normal);
        var bytes = File.ReadAllBytes(file);
        switch (how)
        {
            case "delete":
                File.Delete(file);
                break;
            case "truncate":
                File.WriteAllBytes(file, bytes[..^10]);
                break;
            case "empty":
                File.WriteAllBytes(file, []);
                break;
            case "zero":
                File.WriteAllBytes(file, new byte[bytes.Length]);
                break;
            default:
                // The first digit of column 'n', or somewhere in the middle.
                var index = bytes.AsSpan().IndexOf("n 1"u8) is >= 0 and var found ? found + 2 : bytes.Length / 2;
                bytes[index] = (byte)'x';
                File.WriteAllBytes(file, bytes);
                break;
        }
    }
}

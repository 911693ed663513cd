using System.Runtime.Versioning;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.EndToEnd;

/// <summary>Folders of results that somebody else has prepared.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StrangersStoreTests : StrangersProject
{
    [Theory]
    [InlineData(".pipelines")]
    [InlineData(".pipelines/v1")]
    [InlineData(".pipelines/v1/tmp")]
    [InlineData(".pipelines/v1/objects")]
    [InlineData(".pipelines/v1/actions")]
    [InlineData(".pipelines/v1/work")]
    [InlineData(".pipelines/v1/locks")]
    [InlineData(".pipelines/v1/runs")]
    [InlineData(".pipelines/v1/runs/last")]
    [InlineData(".pipelines/v1/cluster")]
    [InlineData("reports")]
    [InlineData("reports/small")]
    [InlineData("reports/small/tables")]
    public void A_folder_of_results_that_is_a_link_is_not_followed(string folder)
    {
        var before = Everything();
        Link(folder, OutsideFolder);

        var results = RunAll();

        Assert.Contains(results, result => result.Error.Contains("is a link, and is not followed", StringComparison.Ordinal));
        Assert.Equal(before, Everything());
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("actions")]
    [InlineData("locks")]
    public void A_folder_inside_those_that_is_a_link_is_not_followed(string folder)
    {
        var before = Everything();
        foreach (var prefix in Enumerable.Range(0, 256))
            Link($".pipelines/v1/{folder}/{prefix:x2}", OutsideFolder);

        RunAll();

        Assert.Equal(before, Everything());
    }

    [Fact]
    public void Locks_and_working_folders_of_a_stage_that_are_links_are_not_followed()
    {
        Assert.Equal(0, Project.Run("exec", "p.yaml").Code);
        var fingerprints = Project.Files(".pipelines/v1/actions").Select(Path.GetFileNameWithoutExtension).ToList();
        Directory.Delete(Path.Combine(Project.Root, ".pipelines/v1/actions"), recursive: true);
        Directory.Delete(Path.Combine(Project.Root, ".pipelines/v1/locks"), recursive: true);
        var before = Everything();
        foreach (var fingerprint in fingerprints)
        {
            Link($".pipelines/v1/locks/{fingerprint![..2]}/{fingerprint}", Outside("kept.txt"));
            Link($".pipelines/v1/work/{fingerprint}", OutsideFolder);
        }

        RunAll();

        Assert.Equal(before, Everything());
    }

    [Fact]
    public void What_else_lies_in_the_store_is_left_alone()
    {
        Project.Write(".pipelines/v1/tmp/photos/1.txt", "mine");
        Project.Write(".pipelines/v1/objects/@eaDir/a/1.txt", "mine");
        Project.Write(".pipelines/v1/actions/ab/notes.json", "mine");

        Assert.All(RunAll(), result => Assert.Equal((0, ""), (result.Code, result.Error)));

        Assert.Equal("mine", Project.Read(".pipelines/v1/tmp/photos/1.txt"));
        Assert.Equal("mine", Project.Read(".pipelines/v1/objects/@eaDir/a/1.txt"));
    }

    [Theory]
    [InlineData("\"id\": \"", "../../../../../outside")]
    [InlineData("\"name\": \"", "../../../../../outside")]
    public void A_hash_or_a_file_name_of_a_result_that_is_a_path_is_no_result(string member, string path)
    {
        Assert.Equal(0, Project.Run("exec", "p.yaml").Code);
        foreach (var file in Project.Files(".pipelines/v1/actions"))
            Forge(Path.Combine(Project.Root, file), member, path.PadRight(64, 'x'));

        var result = Project.Run("exec", "p.yaml");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(["codes", "padded", "rows", "words"], result.Ran);
        Assert.Contains("unreadable action file", result.Output, StringComparison.Ordinal);
    }

    // With a checksum that is right, as a stranger would write it.
    private static void Forge(string file, string member, string value)
    {
        var text = File.ReadAllText(file);
        var start = text.LastIndexOf(member, StringComparison.Ordinal) + member.Length;
        text = text[..start] + value + text[text.IndexOf('"', start)..];
        var body = text[..text.IndexOf(",\n  \"checksum\"", StringComparison.Ordinal)];
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, $"{body},\n  \"checksum\": \"{ContentHash.Of(Encoding.UTF8.GetBytes(body)).Hex}\"\n}}\n");
    }
}

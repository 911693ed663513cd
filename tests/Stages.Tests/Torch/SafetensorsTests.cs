using System.Text;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Torch;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Torch;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TempWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        var path = Path.Combine(_workspace.Root, "a.safetensors");
        Safetensors.Write(
            path, [new("w", new([2, 3], [1, 2, 3, -4, 5e-9f, 6])), new("empty", new([0, 4], [])), new("b", new([1], [float.NaN]))]);
        var read = Safetensors.Read(path);
        Assert.Equal(["w", "empty", "b"], read.Keys);
        Assert.Equal([2, 3], read["w"].Shape);
        Assert.Equal([1, 2, 3, -4, 5e-9f, 6], read["w"].Values);
        Assert.Empty(read["empty"].Values);
        Assert.True(float.IsNaN(read["b"].Values[0]));
    }

    [Fact]
    public void The_layout_is_that_of_the_format()
    {
        var path = Path.Combine(_workspace.Root, "a.safetensors");
        Safetensors.Write(path, [new("w", new([1], [1]))]);
        var bytes = File.ReadAllBytes(path);
        var header = BitConverter.ToInt64(bytes);
        Assert.Equal(0, header % 8);
        Assert.Equal(
            """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", Encoding.UTF8.GetString(bytes, 8, (int)header).TrimEnd());
        Assert.Equal([0, 0, 128, 63], bytes[(8 + (int)header)..]);
    }

    [Fact]
    public void Narrow_and_wide_floats_become_floats_and_integers_are_left_out()
    {
        var header = """{"__metadata__":{"format":"pt"},"""
            + """ "h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"""
            + """ "b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},"""
            + """ "d":{"dtype":"F64","shape":[1],"data_offsets":[4,12]},"""
            + """ "i":{"dtype":"I64","shape":[1],"data_offsets":[12,20]}}""";
        var path = _workspace.Write("a.safetensors", "");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), 0x00, 0x3E, 0xC0, 0x3F,
            .. BitConverter.GetBytes(-2.5), .. new byte[8]]);
        var read = Safetensors.Read(path);
        Assert.Equal((1.5f, 1.5f, -2.5f), (read["h"].Values[0], read["b"].Values[0], read["d"].Values[0]));
        Assert.False(read.ContainsKey("i"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("a file that is something else entirely")]
    public void Other_files_are_refused(string content) =>
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(_workspace.Write("a.safetensors", content)));

    [Fact]
    public void A_file_that_was_cut_off_is_refused()
    {
        var path = Path.Combine(_workspace.Root, "a.safetensors");
        Safetensors.Write(path, [new("w", new([2], [1, 2]))]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(path));
    }
}

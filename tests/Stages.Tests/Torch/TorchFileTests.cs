using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Torch.Pickles;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Torch;

public sealed class TorchFileTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(Golden.FolderOf(), "../Models/fixtures");

    private readonly TempWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Both_formats_give_all_tensors_with_their_shapes()
    {
        var archive = TorchFile.Read(Path.Combine(Fixtures, "distilbert", "pytorch_model.bin"));
        Assert.Equal([3L, 8], archive["pre_classifier.weight"].Shape);
        Assert.Equal([20L, 8], archive["distilbert.embeddings.word_embeddings.weight"].Shape);
        var pickles = TorchFile.Read(Path.Combine(Fixtures, "camembert", "pytorch_model.bin"));
        Assert.Equal([22L], pickles["lm_head.bias"].Shape);
        // A counter, and no weight.
        Assert.DoesNotContain("roberta.embeddings.position_ids", pickles.Keys);
    }

    [Fact]
    public void A_tensor_is_read_by_its_strides()
    {
        var view = new TensorView(new("FloatStorage", "0", 6), 0, [3, 2], [1, 3]);
        Assert.Equal([0f, 3, 1, 4, 2, 5], view.Of([0, 1, 2, 3, 4, 5]).Values);
        Assert.Throws<InvalidDataException>(() => (view with { Offset = 1 }).Of([0, 1, 2, 3, 4, 5]));
        Assert.Throws<InvalidDataException>(() => (view with { Strides = [-1, 3] }).Of([0, 1, 2, 3, 4, 5]));
    }

    [Theory]
    [InlineData(new[] { 7L }, new[] { 0L })]
    [InlineData(new[] { 1L << 40 }, new[] { 0L })]
    [InlineData(new[] { long.MaxValue, long.MaxValue }, new[] { 0L, 0L })]
    [InlineData(new[] { 2L, 2L }, new[] { long.MaxValue, 1L })]
    [InlineData(new[] { 1L << 33, 1L << 33 }, new[] { 1L, 1L })]
    public void A_tensor_larger_than_its_storage_is_refused(long[] shape, long[] strides)
    {
        var view = new TensorView(new("FloatStorage", "0", 6), 0, shape, strides);
        Assert.Contains("beyond its storage", Assert.Throws<InvalidDataException>(() => view.Of(new float[6])).Message);
    }

    [Fact]
    public void An_archive_whose_storage_claims_another_size_is_refused_before_memory_is_taken()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Fixtures, "distilbert", "pytorch_model.bin"));
        // The size in the entry of the archive's directory, of the storage of 160 numbers.
        var entry = bytes.AsSpan().LastIndexOf("pytorch_model/data/0"u8) - 46;
        bytes.AsSpan(entry + 24, 4).Fill(0x7f);
        var path = _workspace.Write("model.bin", "");
        File.WriteAllBytes(path, bytes);

        Assert.Contains(
            "its storage '0' of 160 numbers has 2139062143 bytes", Assert.Throws<InvalidDataException>(() => TorchFile.Read(path)).Message);
    }

    [Theory]
    [InlineData("cposix\nsystem\n(X\u0002\0\0\0lstR.", "posix.system")]
    [InlineData("cbuiltins\neval\n.", "builtins.eval")]
    [InlineData("ctorch\nload\n.", "torch.load")]
    public void A_pickle_that_names_anything_but_tensors_is_refused(string pickle, string name)
    {
        var path = Archive(Encoding.Latin1.GetBytes("\u0080\u0002" + pickle));
        var error = Assert.Throws<InvalidDataException>(() => TorchFile.Read(path));
        Assert.Contains($"it names '{name}', which is no tensor", error.Message);
    }

    [Theory]
    [InlineData("\u0080\u0002N.", "it is no dictionary of tensors")]
    [InlineData("\u0080\u0002}X\u0001\0\0\0aNs.", "'a' is no tensor")]
    [InlineData("\u0080\u0002}", "ends early")]
    [InlineData("t.", "no pickle of tensors")]
    [InlineData("i", "instruction 0x69")]
    [InlineData("X\u00ff\u00ff\u00ff\u007f", "no pickle of tensors")]
    public void A_pickle_of_something_else_is_refused(string pickle, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(
            () => TorchFile.Read(Archive(Encoding.Latin1.GetBytes(pickle)))).Message);

    private string Archive(byte[] pickle)
    {
        var path = Path.Combine(_workspace.Root, "model.bin");
        using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        using var entry = archive.CreateEntry("model/data.pkl").Open();
        entry.Write(pickle);
        return path;
    }
}

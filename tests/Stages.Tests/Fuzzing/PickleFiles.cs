using Pipelines.Stages.Torch.Pickles;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Weights as torch.save writes them, in an archive and one pickle after the other. No other reader is there.</summary>
internal sealed class PickleFiles() : FuzzedFormat("pickle")
{
    private static readonly string Fixtures = Path.Combine(Golden.FolderOf(), "../Models/fixtures");

    public override IReadOnlyList<byte[]> Samples { get; } =
        [.. new[] { "distilbert", "camembert" }.Select(name => File.ReadAllBytes(Path.Combine(Fixtures, name, "pytorch_model.bin")))];

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        await Task.CompletedTask;
        try
        {
            foreach (var (name, tensor) in TorchFile.Read(path))
                Assert.True(tensor.Shape.Aggregate(1L, (product, size) => product * size) == tensor.Values.Length, name);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

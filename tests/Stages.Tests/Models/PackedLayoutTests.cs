using Pipelines.Stages.Models;

namespace Pipelines.Tests.Stages.Models;

public sealed class PackedLayoutTests
{
    [Fact]
    public void Ended_sequences_take_no_place()
    {
        var layout = PackedLayout.Of([3, 1, 1, 0]);
        Assert.Equal([3, 1, 1], layout.Running);
        Assert.Equal([0, 3, 4, 5], layout.Offsets);
        Assert.Equal([0, 1, 2, 0, 0], layout.SequenceOfPlaces());
        Assert.Equal(0, PackedLayout.Of([0, 0]).Places);
        Assert.Throws<ArgumentException>(() => PackedLayout.Of([1, 2]));
    }

    [Fact]
    public void A_batch_names_every_word_once()
    {
        var batch = new TokenPacker(Ragged.Of([[4, 5], [], [5, 6, 5]]), vocabulary: 8).Pack([0, 1, 2]);
        Assert.Equal([2, 0, 1], batch.Order);
        Assert.Equal([5, 4, 6], batch.Words);
        Assert.Equal([0, 1, 2, 0, 0], batch.Index.RowOfPlace);
        Assert.Equal([0, 3, 4], batch.Index.PlacesOf(0).ToArray());
    }
}

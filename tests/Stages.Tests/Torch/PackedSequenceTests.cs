using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;

namespace Pipelines.Tests.Stages.Torch;

public sealed class PackedSequenceTests
{
    [Fact]
    public void Ended_sequences_take_no_place()
    {
        var layout = PackedSequence.Of([3, 1, 1, 0]);
        Assert.Equal([3, 1, 1], layout.BatchSizes);
        Assert.Equal([0, 3, 4, 5], layout.Offsets);
        Assert.Equal([0, 1, 2, 0, 0], layout.SequenceOfPositions());
        Assert.Equal(0, PackedSequence.Of([0, 0]).Positions);
        Assert.Throws<ArgumentException>(() => PackedSequence.Of([1, 2]));
    }

    [Fact]
    public void A_batch_names_every_word_once()
    {
        var batch = new TokenPacker(Ragged.Of([[4, 5], [], [5, 6, 5]]), vocabulary: 8).Pack([0, 1, 2]);
        Assert.Equal([2, 0, 1], batch.Order);
        Assert.Equal([5, 4, 6], batch.Words);
        Assert.Equal([0, 1, 2, 0, 0], batch.Index.RowOfPosition);
        Assert.Equal([0, 3, 4], batch.Index.PositionsOf(0).ToArray());
    }
}

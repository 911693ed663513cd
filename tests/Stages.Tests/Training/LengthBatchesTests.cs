using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Training;

namespace Pipelines.Tests.Stages.Training;

public sealed class LengthBatchesTests
{
    [Fact]
    public void Every_row_is_in_one_batch_among_rows_of_like_length()
    {
        var batches = LengthBatches.Shuffled(row => row % 50, 1003, 10, new(7));
        Assert.Equal(Enumerable.Range(0, 1003), batches.SelectMany(batch => batch).Order());
        Assert.True(batches.Average(batch => batch.Max(row => row % 50) - batch.Min(row => row % 50)) < 5);
        Assert.Equal(101, batches.Count);
    }

    [Fact]
    public void Epochs_differ_and_repeat_with_their_seed()
    {
        Assert.Equal(Epoch(1), Epoch(1));
        Assert.NotEqual(Epoch(1), Epoch(2));
    }

    [Fact]
    public void Batches_come_in_order_and_errors_of_the_other_thread_come_through()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new[] { i }).ToList();
        Assert.Equal(Enumerable.Range(0, 100), BatchQueue.Prepare(rows, batch => batch[0], CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => BatchQueue.Prepare(
            rows, batch => batch[0] == 9 ? throw new InvalidOperationException("row 9") : batch[0], CancellationToken.None).Count());
        Assert.Equal(3, BatchQueue.Prepare(rows, batch => batch[0], CancellationToken.None).Take(3).Count());
    }

    private static IEnumerable<int> Epoch(ulong number) =>
        LengthBatches.Shuffled(row => row % 7, 100, 8, new(7, number)).SelectMany(batch => batch);
}

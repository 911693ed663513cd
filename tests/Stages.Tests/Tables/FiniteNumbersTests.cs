using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Stages.Tables;

public sealed class FiniteNumbersTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(double.NaN, "not a number")]
    [InlineData(double.PositiveInfinity, "infinite")]
    [InlineData(double.NegativeInfinity, "infinite")]
    public async Task A_metric_that_is_no_number_is_refused_by_name(double value, string what)
    {
        var metrics = new Dictionary<string, double> { ["test.accuracy"] = 0.5, ["test.f1"] = value };
        var error = await Assert.ThrowsAsync<StageException>(() => _run.Write.MetricsAsync(metrics, CancellationToken.None));
        Assert.Equal($"The metric 'test.f1' is {what}, and no result may be.", error.Message);
    }

    public static TheoryData<string, ColumnData> Columns => new()
    {
        { "'confidence' of row 3", new Values<double>("confidence", [0, 1, double.NaN]) },
        { "'confidence' of row 2", new Values<float>("confidence", [0, float.NaN, 1]) },
        { "'delta' of row 1", new Values<double>("delta", [double.NegativeInfinity, 1, 2]) },
        { "'attributions' of row 3", new Lists<double>("attributions", [1, 2, double.NaN, 4], [0, 2, 2, 4]) },
        { "'attributions' of row 2", new Lists<float>("attributions", [1, 2, float.NaN, 4], [0, 2, 3, 4]) },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task What_a_model_gives_is_finite(string what, ColumnData column)
    {
        var error = await Assert.ThrowsAsync<StageException>(() => _run.TableAsync(column));
        Assert.StartsWith(what + " is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_counted_through_the_whole_table()
    {
        RowBatch[] batches =
        [
            new(2, [new Values<double>("confidence", [0, 1])]), new(2, [new Values<double>("confidence", [1, double.NaN])]),
        ];
        var error = await Assert.ThrowsAsync<StageException>(
            () => _run.Write.TableAsync(EncodingChain.Empty, batches.ToAsyncEnumerable(), CancellationToken.None));
        Assert.StartsWith("'confidence' of row 4 ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A user's own columns may have gaps.</summary>
    [Fact]
    public async Task Other_columns_are_left_alone() =>
        Assert.Equal(2, (await _run.TableAsync(new Values<double>("age", [1, double.NaN]))).Rows);
}

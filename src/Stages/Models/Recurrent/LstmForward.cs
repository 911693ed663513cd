using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>Walks an LSTM over the steps of a batch: one product a step, then the pointwise part.</summary>
internal sealed unsafe class LstmForwardPass(RecurrentRun run, LstmStates states)
{
    public void Walk(Tensor projected, Tensor recurrent, Tensor? initialCells)
    {
        var units = (int)recurrent.shape[0];
        fixed (int* rowOfPosition = run.Index?.RowOfPosition)
        {
            var kernel = new LstmForward
            {
                Units = units,
                Projected = projected.Floats(),
                RowOfPosition = rowOfPosition,
                InitialCells = initialCells.FloatsOrNull(),
                Gates = states.Gates.Floats(),
                Cells = states.Cells.Floats(),
                Entering = states.Entering.Floats(),
                Outputs = states.Outputs.FloatsOrNull(),
                LastOutputs = states.LastOutputs.Floats(),
                LastCells = states.LastCells.Floats(),
                RecurrentMask = run.RecurrentMask.FloatsOrNull(),
            };
            foreach (var step in run.Steps())
                Advance(kernel, step, recurrent, startsFromZero: initialCells is null);
        }
        GC.KeepAlive(projected);
        GC.KeepAlive(run);
    }

    private void Advance(LstmForward kernel, RecurrentStep step, Tensor recurrent, bool startsFromZero)
    {
        if (step.BatchSize == 0)
            return;
        using var product = step.Continuing == 0 && startsFromZero ? null : Product(step, recurrent);
        var values = product.FloatsOrNull();
        RowRanges.Run(step.BatchSize, 4 * kernel.Units, run.Threads, (from, to) => kernel.Rows(step, values, from, to));
    }

    private Tensor Product(RecurrentStep step, Tensor recurrent)
    {
        using var entering = states.Entering.narrow(0, step.Offset, step.BatchSize);
        return entering.mm(recurrent);
    }
}

/// <summary>The pointwise part of the steps of an LSTM: gates, cell state and output of each sequence, eight units at a time.</summary>
/// <remarks>All memory belongs to tensors that outlive this value; a null pointer stands for zeros or for what is not wanted.</remarks>
internal readonly unsafe struct LstmForward
{
    public required int Units { get; init; }

    /// <summary>Inputs times kernel plus bias (rows x 4 units).</summary>
    public required float* Projected { get; init; }

    public required int* RowOfPosition { get; init; }

    /// <summary>Initial cell state (sequences x units).</summary>
    public required float* InitialCells { get; init; }

    /// <summary>Activated gates i, f, g, o (positions x 4 units).</summary>
    public required float* Gates { get; init; }

    /// <summary>Cell states (positions x units).</summary>
    public required float* Cells { get; init; }

    /// <summary>State that enters each position, after the recurrent mask (positions x units).</summary>
    public required float* Entering { get; init; }

    /// <summary>Outputs of every step (positions x units), or null.</summary>
    public required float* Outputs { get; init; }

    /// <summary>Last output of each sequence (sequences x units).</summary>
    public required float* LastOutputs { get; init; }

    /// <summary>Last cell state of each sequence (sequences x units).</summary>
    public required float* LastCells { get; init; }

    public required float* RecurrentMask { get; init; }

    /// <param name="product">State times recurrent kernel (sequences of the step x 4 units), or null for zeros.</param>
    public void Rows(RecurrentStep step, float* product, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var position = step.Offset + i;
            var cellBefore = i < step.Continuing ? Cells + ((long)(step.OffsetBefore + i) * Units)
                : InitialCells == null ? null : InitialCells + ((long)i * Units);
            var stays = i < step.Staying;
            var output = stays ? Entering + ((long)(step.OffsetAfter + i) * Units) : LastOutputs + ((long)i * Units);
            var cell = Cells + ((long)position * Units);
            Row(Inputs(position), product == null ? null : product + ((long)i * 4 * Units), cellBefore,
                Gates + ((long)position * 4 * Units), cell, output);
            Spread(i, position, stays, output, cell);
        }
    }

    private float* Inputs(int position) => Projected + ((long)(RowOfPosition == null ? position : RowOfPosition[position]) * 4 * Units);

    private void Spread(int i, int position, bool stays, float* output, float* cell)
    {
        var written = new Span<float>(output, Units);
        if (Outputs != null)
            written.CopyTo(new Span<float>(Outputs + ((long)position * Units), Units));
        if (!stays)
            new Span<float>(cell, Units).CopyTo(new Span<float>(LastCells + ((long)i * Units), Units));
        else if (RecurrentMask != null)
            for (var j = 0; j < Units; j++)
                written[j] *= RecurrentMask[((long)i * Units) + j];
    }

    // Hot from the first batch on: not worth starting unoptimized.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(float* projected, float* product, float* cellBefore, float* gates, float* cell, float* output)
    {
        if (Units < Vector256<float>.Count)
        {
            Narrow(projected, product, cellBefore, gates, cell, output);
            return;
        }
        // The last vector overlaps the one before when the units are not a multiple of eight: inputs and outputs are different memory.
        for (var j = 0; ; j = Math.Min(j + Vector256<float>.Count, Units - Vector256<float>.Count))
        {
            var i = VectorMath.Sigmoid(Sum(projected, product, j));
            var f = VectorMath.Sigmoid(Sum(projected, product, j + Units));
            var g = VectorMath.Tanh(Sum(projected, product, j + (2 * Units)));
            var o = VectorMath.Sigmoid(Sum(projected, product, j + (3 * Units)));
            var c = i * g;
            if (cellBefore != null)
                c = Vector256.FusedMultiplyAdd(f, Vector256.Load(cellBefore + j), c);
            i.Store(gates + j);
            f.Store(gates + j + Units);
            g.Store(gates + j + (2 * Units));
            o.Store(gates + j + (3 * Units));
            c.Store(cell + j);
            (o * VectorMath.Tanh(c)).Store(output + j);
            if (j + Vector256<float>.Count >= Units)
                return;
        }
    }

    private static Vector256<float> Sum(float* projected, float* product, int j) =>
        product == null ? Vector256.Load(projected + j) : Vector256.Load(projected + j) + Vector256.Load(product + j);

    private void Narrow(float* projected, float* product, float* cellBefore, float* gates, float* cell, float* output)
    {
        for (var j = 0; j < Units; j++)
        {
            for (var gate = 0; gate < 4; gate++)
            {
                var at = (gate * Units) + j;
                var sum = projected[at] + (product == null ? 0 : product[at]);
                gates[at] = gate == 2 ? MathF.Tanh(sum) : VectorMath.Sigmoid(sum);
            }
            cell[j] = (gates[j] * gates[(2 * Units) + j]) + (cellBefore == null ? 0 : gates[Units + j] * cellBefore[j]);
            output[j] = gates[(3 * Units) + j] * MathF.Tanh(cell[j]);
        }
    }
}

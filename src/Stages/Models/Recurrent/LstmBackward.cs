using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>The pointwise part of the gradient of an LSTM's steps, walked backwards.</summary>
/// <remarks>All memory belongs to tensors that outlive this value; a null pointer stands for zeros.</remarks>
internal readonly unsafe struct LstmBackward
{
    public required int Units { get; init; }

    public required float* Gates { get; init; }

    public required float* Cells { get; init; }

    public required float* InitialCells { get; init; }

    public required float* RecurrentMask { get; init; }

    /// <summary>Gradient of the outputs of every step (positions x units), or null.</summary>
    public required float* OutputsGradient { get; init; }

    /// <summary>Gradient of each sequence's last output (sequences x units).</summary>
    public required float* LastOutputsGradient { get; init; }

    /// <summary>Gradient of each sequence's last cell state (sequences x units).</summary>
    public required float* LastCellsGradient { get; init; }

    /// <summary>Result: gradient of the gates before activation (positions x 4 units).</summary>
    public required float* GatesGradient { get; init; }

    /// <param name="enteringGradient">Gradient of the states that enter the step walked after (its sequences x units).</param>
    /// <param name="cellsAfter">Gradient of the cell states handed to the step walked after (sequences x units).</param>
    /// <param name="cellsBefore">Result: the same for the step walked before.</param>
    public void Rows(RecurrentStep step, float* enteringGradient, float* cellsAfter, float* cellsBefore, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var position = (long)(step.Offset + i);
            var stays = i < step.Staying;
            var cellBefore = i < step.Continuing ? Cells + ((long)(step.OffsetBefore + i) * Units)
                : InitialCells == null ? null : InitialCells + ((long)i * Units);
            var row = new Row
            {
                Gates = Gates + (position * 4 * Units),
                Cell = Cells + (position * Units),
                CellBefore = cellBefore,
                Output1 = stays ? enteringGradient + ((long)i * Units) : LastOutputsGradient + ((long)i * Units),
                Mask = stays && RecurrentMask != null ? RecurrentMask + ((long)i * Units) : null,
                Output2 = OutputsGradient == null ? null : OutputsGradient + (position * Units),
                CellAfter = (stays ? cellsAfter : LastCellsGradient) + ((long)i * Units),
                CellResult = cellsBefore + ((long)i * Units),
                Result = GatesGradient + (position * 4 * Units),
            };
            if (Units < Vector256<float>.Count)
                row.Narrow(Units);
            else
                row.Wide(Units);
        }
    }

    private ref struct Row
    {
        public float* Gates;
        public float* Cell;
        public float* CellBefore;
        public float* Output1;
        public float* Mask;
        public float* Output2;
        public float* CellAfter;
        public float* CellResult;
        public float* Result;

        // Hot from the first batch on: not worth starting unoptimized.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Wide(int units)
        {
            var one = Vector256<float>.One;
            for (var j = 0; ; j = Math.Min(j + Vector256<float>.Count, units - Vector256<float>.Count))
            {
                var output = Vector256.Load(Output1 + j);
                if (Mask != null)
                    output *= Vector256.Load(Mask + j);
                if (Output2 != null)
                    output += Vector256.Load(Output2 + j);
                var i = Vector256.Load(Gates + j);
                var f = Vector256.Load(Gates + units + j);
                var g = Vector256.Load(Gates + (2 * units) + j);
                var o = Vector256.Load(Gates + (3 * units) + j);
                var tanh = VectorMath.Tanh(Vector256.Load(Cell + j));
                var cell = Vector256.FusedMultiplyAdd(output * o, one - (tanh * tanh), Vector256.Load(CellAfter + j));
                var before = CellBefore == null ? Vector256<float>.Zero : Vector256.Load(CellBefore + j);
                (cell * g * i * (one - i)).Store(Result + j);
                (cell * before * f * (one - f)).Store(Result + units + j);
                (cell * i * (one - (g * g))).Store(Result + (2 * units) + j);
                (output * tanh * o * (one - o)).Store(Result + (3 * units) + j);
                (cell * f).Store(CellResult + j);
                if (j + Vector256<float>.Count >= units)
                    return;
            }
        }

        public readonly void Narrow(int units)
        {
            for (var j = 0; j < units; j++)
            {
                var output = (Output1[j] * (Mask == null ? 1 : Mask[j])) + (Output2 == null ? 0 : Output2[j]);
                var (i, f, g, o) = (Gates[j], Gates[units + j], Gates[(2 * units) + j], Gates[(3 * units) + j]);
                var tanh = MathF.Tanh(Cell[j]);
                var cell = (output * o * (1 - (tanh * tanh))) + CellAfter[j];
                Result[j] = cell * g * i * (1 - i);
                Result[units + j] = CellBefore == null ? 0 : cell * CellBefore[j] * f * (1 - f);
                Result[(2 * units) + j] = cell * i * (1 - (g * g));
                Result[(3 * units) + j] = output * tanh * o * (1 - o);
                CellResult[j] = cell * f;
            }
        }
    }
}

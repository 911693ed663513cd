using Pipelines.Stages.Contracts;
using static TorchSharp.torch;

namespace Pipelines.Stages.Torch;

/// <summary>
/// Masks for dropout. Each is drawn from the seed, the number of the training step and its place within the step, so training that
/// resumes at a step goes on with the same masks.
/// </summary>
internal sealed class DropoutMasks
{
    private readonly ulong _seed;
    private readonly Device? _device;
    private ulong _step;
    private ulong _drawn;

    public DropoutMasks(ulong seed, Device device) => (_seed, _device) = (seed, device);

    private DropoutMasks()
    {
    }

    /// <summary>For all that is not training: values stay as they are.</summary>
    public static DropoutMasks None { get; } = new();

    public bool Training => _device is not null;

    public void Start(long step)
    {
        _step = (ulong)step;
        _drawn = 0;
    }

    /// <summary>What else is drawn at random in this step of a training.</summary>
    /// <param name="purpose">One of <see cref="RandomStreams"/>.</param>
    public SeededRandom Stream(ulong purpose) => new(_seed, purpose, _step);

    /// <summary>Whether anything is dropped at this rate.</summary>
    public bool Drop(double rate) => Training && rate > 0;

    /// <summary>The values times a fresh mask, or the values themselves.</summary>
    public Tensor Apply(Tensor values, double rate) => Drop(rate)
        ? values * Mask(values.NumberOfElements / Math.Max(1, values.shape[^1]), values.shape[^1], rate).reshape(values.shape)
        : values;

    /// <summary>0 with probability <paramref name="rate"/>, otherwise 1 / (1 - rate).</summary>
    public Tensor Mask(long rows, long columns, double rate)
    {
        var random = new SeededRandom(_seed, RandomStreams.Dropout, _step, _drawn++);
        var values = new float[rows * columns];
        var kept = (float)(1 / (1 - rate));
        var threshold = (uint)(rate * uint.MaxValue);
        for (var i = 0; i < values.Length; i += 2)
        {
            var bits = random.Next();
            values[i] = (uint)bits < threshold ? 0 : kept;
            if (i + 1 < values.Length)
                values[i + 1] = (uint)(bits >> 32) < threshold ? 0 : kept;
        }
        return Numbers.Of(values, [rows, columns], _device);
    }
}

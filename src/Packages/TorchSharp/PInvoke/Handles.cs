using System.Runtime.CompilerServices;

namespace TorchSharp.PInvoke;

/// <summary>The handles of several tensors for one call: few of them stay on the stack; dispose it after the call.</summary>
internal unsafe ref struct Handles
{
    private const int Few = 16;

    private readonly IReadOnlyList<torch.Tensor?> _tensors;
    private readonly nint[]? _many;
    private Buffer _few;

    public Handles(IEnumerable<torch.Tensor?>? tensors)
    {
        _tensors = tensors as IReadOnlyList<torch.Tensor?> ?? tensors?.ToArray() ?? [];
        var count = _tensors.Count;
        Span<nint> handles = _few;
        if (count > Few) handles = _many = GC.AllocateUninitializedArray<nint>(count, pinned: true);
        for (var i = 0; i < count; i++) handles[i] = _tensors[i]?.Handle ?? 0;
    }

    public Tensors List => new((nint*)Unsafe.AsPointer(ref _many is null ? ref _few[0] : ref _many[0]), _tensors.Count);

    /// <summary>Keeps the tensors alive up to here.</summary>
    public readonly void Dispose() => GC.KeepAlive(_tensors);

    [InlineArray(Few)]
    private struct Buffer
    {
        private nint _first;
    }
}

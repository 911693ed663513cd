using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.PInvoke;

/// <summary>The C entry points over libtorch; the library is loaded at the first call and never before.</summary>
internal static unsafe partial class Native
{
    private const string Library = "torchsharp_standin";
    private const string FileName = "libtorchsharp_standin.so";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary>The message that the last failed call of this thread left, as the exception the real package throws.</summary>
    internal static ExternalException Error() => new(Marshal.PtrToStringUTF8((nint)ts_last_error()));

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        var file = Find() ?? throw new DllNotFoundException(
            $"{FileName} was not found: it is compiled into .build/native of the repository. Run './runner doctor', it says what is missing.");
        return NativeLibrary.Load(file);
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("PIPELINES_NATIVE");
        if (!string.IsNullOrEmpty(named)) return Existing(Path.Combine(named, FileName));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, ".build", "native", FileName)) is { } file) return file;
        }
        return null;
    }

    private static string? Existing(string file) => File.Exists(file) ? file : null;

    /// <summary>The handles of a list result as tensors; the native array is freed.</summary>
    internal static torch.Tensor[] TakeList(nint* list, long count)
    {
        var tensors = new torch.Tensor[Taken(list, count)];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new torch.Tensor(list[i]);
        ts_free(list);
        return tensors;
    }

    /// <summary>As <see cref="TakeList"/>, where libtorch may leave entries undefined.</summary>
    internal static torch.Tensor[] TakeListWithGaps(nint* list, long count)
    {
        var tensors = new torch.Tensor[Taken(list, count)];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = list[i] == 0 ? null! : new torch.Tensor(list[i]);
        ts_free(list);
        return tensors;
    }

    private static long Taken(nint* list, long count) => list is null ? throw Error() : count;
}

using System.Runtime.InteropServices;

namespace Parquet.Compression;

/// <summary>The functions of libzstd that are called here.</summary>
internal sealed unsafe class ZstandardLibrary
{
    private static readonly string[] Names = ["libzstd.so.1", "libzstd.1.dylib", "libzstd.dll"];
    private static readonly Lazy<ZstandardLibrary> Loaded = new(() => new ZstandardLibrary(Open()));

    private readonly delegate* unmanaged<nint> _createCompressor;
    private readonly delegate* unmanaged<nint> _createDecompressor;
    private readonly delegate* unmanaged<nuint, nuint> _compressBound;
    private readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int, nuint> _compress;
    private readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint> _decompress;
    private readonly delegate* unmanaged<nuint, uint> _isError;
    private readonly delegate* unmanaged<nuint, byte*> _errorName;

    private ZstandardLibrary(nint library)
    {
        _createCompressor = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createCCtx");
        _createDecompressor = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createDCtx");
        _compressBound = (delegate* unmanaged<nuint, nuint>)NativeLibrary.GetExport(library, "ZSTD_compressBound");
        _compress = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int, nuint>)
            NativeLibrary.GetExport(library, "ZSTD_compressCCtx");
        _decompress = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint>)
            NativeLibrary.GetExport(library, "ZSTD_decompressDCtx");
        _isError = (delegate* unmanaged<nuint, uint>)NativeLibrary.GetExport(library, "ZSTD_isError");
        _errorName = (delegate* unmanaged<nuint, byte*>)NativeLibrary.GetExport(library, "ZSTD_getErrorName");
    }

    /// <exception cref="NotSupportedException">The library is not installed.</exception>
    public static ZstandardLibrary Instance => Loaded.Value;

    public nint CreateCompressor() => Created(_createCompressor());

    public nint CreateDecompressor() => Created(_createDecompressor());

    public nuint CompressBound(nuint length) => _compressBound(length);

    public nuint Compress(nint context, byte* to, nuint capacity, byte* from, nuint length, int level) =>
        _compress(context, to, capacity, from, length, level);

    public nuint Decompress(nint context, byte* to, nuint capacity, byte* from, nuint length) =>
        _decompress(context, to, capacity, from, length);

    /// <summary>Returns a function's result, or throws what the library says about it.</summary>
    public nuint Check(nuint result) => _isError(result) == 0
        ? result
        : throw new InvalidDataException($"Zstandard: {Marshal.PtrToStringUTF8((nint)_errorName(result))}");

    private static nint Created(nint context) => context != 0 ? context : throw new InsufficientMemoryException("Zstandard: no memory");

    private static nint Open()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return library;
            }
        }

        throw new NotSupportedException(
            "Zstandard compression needs the system library libzstd.so.1 (Debian: apt install libzstd1), which was not found.");
    }
}

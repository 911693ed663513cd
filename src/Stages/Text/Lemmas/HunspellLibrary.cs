using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>The C interface of libhunspell (hunspell.h).</summary>
internal static partial class HunspellLibrary
{
    public const string Package = "libhunspell-1.7-0";

    private const string Name = "libhunspell-1.7.so.0";

    [LibraryImport(Name, EntryPoint = "Hunspell_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Dictionary Create(string affixPath, string dictionaryPath);

    [LibraryImport(Name, EntryPoint = "Hunspell_get_dic_encoding")]
    public static partial nint Encoding(Dictionary dictionary);

    [LibraryImport(Name, EntryPoint = "Hunspell_stem")]
    public static partial int Stem(Dictionary dictionary, out nint stems, byte[] word);

    [LibraryImport(Name, EntryPoint = "Hunspell_free_list")]
    public static partial void FreeList(Dictionary dictionary, ref nint list, int count);

    [LibraryImport(Name, EntryPoint = "Hunspell_destroy")]
    private static partial void Destroy(nint dictionary);

    /// <summary>A <c>Hunhandle</c>.</summary>
    internal sealed class Dictionary() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            Destroy(handle);
            return true;
        }
    }
}

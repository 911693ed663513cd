using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>The C interface of libstemmer (libstemmer.h).</summary>
internal static partial class SnowballLibrary
{
    public const string Package = "libstemmer0d";

    private const string Name = "libstemmer.so.0d";

    [LibraryImport(Name, EntryPoint = "sb_stemmer_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Stemmer Create(string algorithm, string encoding);

    /// <summary>The stem lives in the stemmer until its next call.</summary>
    [LibraryImport(Name, EntryPoint = "sb_stemmer_stem")]
    public static partial nint Stem(Stemmer stemmer, byte[] word, int size);

    [LibraryImport(Name, EntryPoint = "sb_stemmer_length")]
    public static partial int Length(Stemmer stemmer);

    [LibraryImport(Name, EntryPoint = "sb_stemmer_delete")]
    private static partial void Delete(nint stemmer);

    /// <summary>A <c>struct sb_stemmer*</c>.</summary>
    internal sealed class Stemmer() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            Delete(handle);
            return true;
        }
    }
}

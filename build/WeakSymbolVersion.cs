using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a shared library (ELF, 64 bits, little-endian) and marks one version that it asks for as weak, so that the loader does without it.
/// Layout of the version tables: Linux Standard Base 5.0, core generic, section 10.7 (symbol versioning).
/// </summary>
public sealed class WeakSymbolVersion : Task
{
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const byte Weak = 2; // VER_FLG_WEAK

    [Required]
    public string Source { get; set; } = "";

    [Required]
    public string Destination { get; set; } = "";

    /// <summary>Such as <c>GLIBCXX_3.4.32</c>. A library that does not ask for it is copied as it is.</summary>
    [Required]
    public string SymbolVersion { get; set; } = "";

    public override bool Execute()
    {
        var library = File.ReadAllBytes(Source);
        try
        {
            Weaken(library);
        }
        catch (Exception error) when (error is InvalidDataException || error is ArgumentException || error is OverflowException)
        {
            Log.LogError("'{0}' is not a whole 64-bit little-endian ELF library: {1}", Source, error.Message);
            return false;
        }
        // A new file under another name, renamed: what a running program has open stays as it is.
        var begun = Destination + ".tmp";
        File.WriteAllBytes(begun, library);
        File.Delete(Destination);
        File.Move(begun, Destination);
        return true;
    }

    private void Weaken(byte[] library)
    {
        if (library.Length < 64 || BitConverter.ToUInt32(library, 0) != 0x464c457f || library[4] != 2 || library[5] != 1)
            throw new InvalidDataException("its first bytes are others");
        int sections = Offset(library, 40), size = BitConverter.ToUInt16(library, 58), count = BitConverter.ToUInt16(library, 60);
        for (var index = 0; index < count; index++)
        {
            var section = sections + index * size;
            if (BitConverter.ToUInt32(library, section + 4) != VersionNeeds)
                continue;
            var names = Offset(library, sections + BitConverter.ToInt32(library, section + 40) * size + 24);
            WeakenNeeds(library, Offset(library, section + 24), names);
        }
    }

    // A chain of libraries (verneed), each with a chain of versions (vernaux); every link says how far the next one is, the last says 0.
    private void WeakenNeeds(byte[] library, int need, int names)
    {
        for (var nextNeed = -1; nextNeed != 0; need = checked(need + nextNeed))
        {
            var version = checked(need + BitConverter.ToInt32(library, need + 8));
            for (var next = -1; next != 0; version = checked(version + next))
            {
                if (Name(library, checked(names + BitConverter.ToInt32(library, version + 8))) == SymbolVersion)
                    library[version + 4] |= Weak;
                next = Forward(library, version + 12);
            }
            nextNeed = Forward(library, need + 12);
        }
    }

    private static int Forward(byte[] library, int at)
    {
        var distance = BitConverter.ToInt32(library, at);
        return distance >= 0 ? distance : throw new InvalidDataException("a chain of versions leads back");
    }

    private static int Offset(byte[] library, int at) => checked((int)BitConverter.ToInt64(library, at));

    private static string Name(byte[] library, int at)
    {
        var end = Array.IndexOf(library, (byte)0, at);
        return end >= 0 ? Encoding.ASCII.GetString(library, at, end - at) : throw new InvalidDataException("a name has no end");
    }
}

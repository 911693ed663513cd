namespace Pipelines.Stages.Text.Unicode;

/// <summary>Korean syllables, which Unicode composes by arithmetic instead of a table (The Unicode Standard, 3.12).</summary>
internal static class Hangul
{
    public const int SyllableBase = 0xAC00;
    public const int VowelBase = 0x1161;

    /// <summary>Stands for no final consonant.</summary>
    public const int FinalBase = 0x11A7;

    public const int Vowels = 21;
    public const int Finals = 28;
    public const int Syllables = Initials * Vowels * Finals;

    private const int InitialBase = 0x1100;
    private const int Initials = 19;

    /// <summary>Appends the parts of a syllable; false for any other code point.</summary>
    public static bool Decompose(int code, List<int> parts)
    {
        var index = code - SyllableBase;
        if (index is < 0 or >= Syllables)
            return false;
        parts.Add(InitialBase + (index / (Vowels * Finals)));
        parts.Add(VowelBase + (index / Finals % Vowels));
        if (index % Finals > 0)
            parts.Add(FinalBase + (index % Finals));
        return true;
    }

    public static int? Composition(int first, int second)
    {
        if (first is >= InitialBase and < InitialBase + Initials && second is >= VowelBase and < VowelBase + Vowels)
            return SyllableBase + ((((first - InitialBase) * Vowels) + (second - VowelBase)) * Finals);
        var isOpen = first is >= SyllableBase and < SyllableBase + Syllables && (first - SyllableBase) % Finals == 0;
        return isOpen && second is > FinalBase and < FinalBase + Finals ? first + (second - FinalBase) : null;
    }
}

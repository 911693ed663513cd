using System.Runtime.InteropServices;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>Stems by Snowball's rules; a stem is not a word (<c>maladies</c> becomes <c>malad</c>).</summary>
internal static class SnowballStems
{
    public static ILemmaSource Of(LemmaLanguage language) => language == LemmaLanguage.Fr ? new French() : English.Open();

    private sealed class French : ILemmaSource
    {
        public string? Find(string word) => FrenchStemmer.Stem(word.ToLowerInvariant());
    }

    private sealed class English(SnowballLibrary.Stemmer stemmer) : ILemmaSource
    {
        /// <exception cref="StageException">The library is not installed.</exception>
        public static English Open()
        {
            try
            {
                return new(SnowballLibrary.Create("english", "UTF_8"));
            }
            catch (DllNotFoundException)
            {
                throw new StageException(
                    "The library libstemmer is not installed.")
                { Help = $"apt-get install {SnowballLibrary.Package}" };
            }
        }

        public string? Find(string word)
        {
            var bytes = Encoding.UTF8.GetBytes(word.ToLowerInvariant());
            var stem = SnowballLibrary.Stem(stemmer, bytes, bytes.Length);
            return Marshal.PtrToStringUTF8(stem, SnowballLibrary.Length(stemmer));
        }
    }
}

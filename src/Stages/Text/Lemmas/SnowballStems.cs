using System.Runtime.InteropServices;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>Stems by Snowball's rules; a stem is not a word (<c>maladies</c> becomes <c>malad</c>).</summary>
internal sealed class SnowballStems : ILemmaSource
{
    private readonly SnowballLibrary.Stemmer _stemmer;

    private SnowballStems(SnowballLibrary.Stemmer stemmer) => _stemmer = stemmer;

    /// <exception cref="StageException">The library is not installed.</exception>
    public static SnowballStems Open(LemmaLanguage language)
    {
        try
        {
            return new(SnowballLibrary.Create(language == LemmaLanguage.Fr ? "french" : "english", "UTF_8"));
        }
        catch (DllNotFoundException)
        {
            throw new StageException("The library libstemmer is not installed.") { Help = $"apt-get install {SnowballLibrary.Package}" };
        }
    }

    public string? Find(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word.ToLowerInvariant());
        var stem = SnowballLibrary.Stem(_stemmer, bytes, bytes.Length);
        return Marshal.PtrToStringUTF8(stem, SnowballLibrary.Length(_stemmer));
    }
}

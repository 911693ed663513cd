using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Files;

/// <summary>The encodings that a text file may have, by the names that IANA gives them.</summary>
internal static class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <returns>The name itself, for the constructors of parameters.</returns>
    /// <exception cref="StageException">There is no such encoding.</exception>
    public static string Checked(string name)
    {
        Find(name);
        return name;
    }

    /// <exception cref="StageException">There is no such encoding.</exception>
    public static Encoding Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw new StageException($"there is no encoding named '{name}'")
            {
                Parameter = "encoding",
                Help = "e.g. utf-8, iso-8859-1, windows-1252, utf-16",
            };
        }
    }
}

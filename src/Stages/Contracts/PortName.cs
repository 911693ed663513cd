using System.Text;

namespace Pipelines.Stages.Contracts;

/// <summary>How names of C# members are spelt in a pipeline file: <c>MaxTokens</c> is <c>max_tokens</c>.</summary>
public static class PortName
{
    public static string Of(string member) => Separated(member, '_');

    /// <summary>As <see cref="Of"/> with dashes, as kinds, layers and words of an enumeration are spelt: <c>average-pool</c>.</summary>
    public static string Dashed(string member) => Separated(member, '-');

    private static string Separated(string member, char separator)
    {
        var name = new StringBuilder(member.Length + 4);
        for (var i = 0; i < member.Length; i++)
        {
            if (i > 0 && char.IsUpper(member[i]) && !char.IsUpper(member[i - 1]))
                name.Append(separator);
            name.Append(char.ToLowerInvariant(member[i]));
        }
        return name.ToString();
    }
}

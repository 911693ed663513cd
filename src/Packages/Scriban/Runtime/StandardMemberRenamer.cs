using System.Reflection;
using System.Text;

namespace Scriban.Runtime;

/// <summary>Renames <c>FooBar</c> to <c>foo_bar</c>; a run of capitals counts as one word.</summary>
public sealed class StandardMemberRenamer
{
    public static readonly MemberRenamerDelegate Default = Rename;

    public static string Rename(MemberInfo member) => Rename(member.Name);

    public static string Rename(string name)
    {
        var renamed = new StringBuilder(name.Length + 4);
        var previousIsUpper = false;
        foreach (var c in name)
        {
            var isUpper = char.IsUpper(c);
            if (isUpper && !previousIsUpper && renamed.Length > 0)
            {
                renamed.Append('_');
            }

            renamed.Append(isUpper ? char.ToLowerInvariant(c) : c);
            previousIsUpper = isUpper;
        }

        return renamed.ToString();
    }
}

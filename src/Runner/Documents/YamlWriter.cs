using System.Text;

namespace Pipelines.Runner.Documents;

/// <summary>Nodes → YAML text that reads back as the same nodes: block style, quotes only where needed.</summary>
public static class YamlWriter
{
    public static string Write(YamlNode node)
    {
        StringBuilder text = new();
        if (node is YamlScalar scalar)
            text.Append(Scalar(scalar)).Append('\n');
        else
            Block(text, node, 0);
        return text.ToString();
    }

    private static void Block(StringBuilder text, YamlNode node, int indentation)
    {
        if (node is YamlMap map)
            foreach (var (key, value) in map.Entries)
                Value(text.Append(' ', indentation).Append(Scalar(key)).Append(':'), value, indentation);
        else if (node is YamlList list)
            foreach (var item in list.Items)
                Value(text.Append(' ', indentation).Append('-'), item, indentation);
    }

    private static void Value(StringBuilder text, YamlNode value, int indentation)
    {
        switch (value)
        {
            case YamlScalar scalar:
                text.Append(' ').Append(Scalar(scalar)).Append('\n');
                break;
            case YamlList { Items.Count: 0 }:
                text.Append(" []\n");
                break;
            case YamlMap { Entries.Count: 0 }:
                text.Append(" {}\n");
                break;
            default:
                Block(text.Append('\n'), value, indentation + 2);
                break;
        }
    }

    private static string Scalar(YamlScalar scalar)
    {
        if (scalar.IsPlain ? scalar.IsNull || IsSafe(scalar.Text) : IsSafe(scalar.Text) && !ScalarText.IsTyped(scalar.Text))
            return scalar.IsNull ? "null" : scalar.Text;
        StringBuilder quoted = new("\"");
        foreach (var character in scalar.Text)
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFEFF' => quoted.Append($"\\u{(int)character:X4}"),
                _ => quoted.Append(character),
            };
        return quoted.Append('"').ToString();
    }

    // Texts that no reader of YAML could take for anything else.
    private static bool IsSafe(string text)
    {
        if (text.Length == 0 || !(char.IsLetterOrDigit(text[0]) || text[0] is '_' or '.' or '/' or '-' or '+') || text is "-" or "---" or "..." || text[^1] is ' ' or ':')
            return false;
        foreach (var character in text)
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '-' or '.' or '/' or '+' or ' ' or '(' or ')' or '=' or '%'))
                return false;
        return !text.StartsWith("- ", StringComparison.Ordinal);
    }
}

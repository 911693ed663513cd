using System.Text;

namespace Pipelines.Runner.Documents;

/// <summary>Nodes → YAML text that reads back as the same nodes: block style, quotes only where needed.</summary>
public static class YamlWriter
{
    public static string Write(YamlNode node)
    {
        using StringWriter text = new();
        Write(node, text);
        return text.ToString();
    }

    public static void Write(YamlNode node, TextWriter text)
    {
        if (node is YamlScalar scalar)
            Write(text, Scalar(scalar), "\n");
        else
            Block(text, node, "");
    }

    private static void Block(TextWriter text, YamlNode node, string indentation)
    {
        if (node is YamlMap map)
            foreach (var (key, value) in map.Entries)
            {
                Write(text, indentation, Scalar(key), ":");
                Value(text, value, indentation);
            }
        else if (node is YamlList list)
            foreach (var item in list.Items)
            {
                Write(text, indentation, "-");
                Value(text, item, indentation);
            }
    }

    private static void Value(TextWriter text, YamlNode value, string indentation)
    {
        switch (value)
        {
            case YamlScalar scalar:
                Write(text, " ", Scalar(scalar), "\n");
                break;
            case YamlList { Items.Count: 0 }:
                text.Write(" []\n");
                break;
            case YamlMap { Entries.Count: 0 }:
                text.Write(" {}\n");
                break;
            default:
                text.Write('\n');
                Block(text, value, indentation + "  ");
                break;
        }
    }

    private static void Write(TextWriter text, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            text.Write(part);
    }

    private static string Scalar(YamlScalar scalar)
    {
        if (scalar.IsPlain ? scalar.IsNull || IsSafe(scalar.Text) : IsSafe(scalar.Text) && !CoreSchema.IsTyped(scalar.Text))
            return scalar.IsNull ? "null" : scalar.Text;
        StringBuilder quoted = new("\"");
        foreach (var character in scalar.Text)
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFEFF' =>
                    quoted.Append($"\\u{(int)character:X4}"),
                _ => quoted.Append(character),
            };
        return quoted.Append('"').ToString();
    }

    // Texts that no reader of YAML could take for anything else.
    private static bool IsSafe(string text)
    {
        if (text.Length == 0 || !(char.IsLetterOrDigit(text[0]) || text[0] is '_' or '.' or '/' or '-' or '+')
            || text is "-" or "---" or "..." || text[^1] is ' ' or ':')
            return false;
        foreach (var character in text)
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '-' or '.' or '/' or '+' or ' ' or '(' or ')' or '=' or '%'))
                return false;
        return !text.StartsWith("- ", StringComparison.Ordinal);
    }
}

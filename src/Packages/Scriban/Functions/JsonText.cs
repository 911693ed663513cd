using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Json;
using Scriban.Runtime;

namespace Scriban.Functions;

/// <summary>Writes values as JSON, .NET members under the names templates see.</summary>
internal static class JsonText
{
    public static string Write(TemplateContext context, object? value)
    {
        if (value is IScriptCustomFunction)
        {
            throw new ArgumentOutOfRangeException(nameof(value), "Can not serialize functions to JSON.");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        using (context.EnterLoopScope())
        {
            WriteValue(context, writer, value, 1);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(TemplateContext context, Utf8JsonWriter writer, object? value, int depth)
    {
        if (context.ObjectRecursionLimit != 0 && depth > context.ObjectRecursionLimit)
        {
            throw new InvalidOperationException("Structure is too deeply nested or contains reference loops.");
        }

        switch (value)
        {
            case null or string or bool or IFormattable when value is not ScriptObject:
                JsonSerializer.Serialize(writer, value, value?.GetType() ?? typeof(object));
                break;
            case IList list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    context.StepLoop(context.CurrentSpan);
                    WriteValue(context, writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteMembers(context, writer, value!, depth);
                break;
        }
    }

    private static void WriteMembers(TemplateContext context, Utf8JsonWriter writer, object value, int depth)
    {
        writer.WriteStartObject();
        var accessor = context.AccessorOf(value);
        foreach (var member in accessor.GetMembers(context, context.CurrentSpan, value))
        {
            context.StepLoop(context.CurrentSpan);
            if (accessor.TryGetValue(context, context.CurrentSpan, value, member, out var item))
            {
                writer.WritePropertyName(member);
                WriteValue(context, writer, item, depth + 1);
            }
        }

        writer.WriteEndObject();
    }
}

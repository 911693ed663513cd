using System.Globalization;
using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>Reads members of JSON that was parsed as a whole, such as the record of one run.</summary>
internal static class JsonElements
{
    public static string GetText(this JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null.");

    /// <summary>Null where there is no such member, or null.</summary>
    public static string? FindText(this JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    public static IReadOnlyList<string> GetTexts(this JsonElement json, string name) =>
        json.GetProperty(name).ReadAll(text => text.GetString()!);

    public static ContentHash GetHash(this JsonElement json, string name) =>
        ContentHash.Find(json.GetText(name)) ?? throw new JsonException($"'{name}' is no hash.");

    public static TimeSpan GetSeconds(this JsonElement json, string name) => TimeSpan.FromSeconds(json.GetProperty(name).GetDouble());

    /// <summary>A number, or one of the strings that <see cref="JsonWriting.WriteNumberOrWord"/> writes.</summary>
    public static double GetNumberOrWord(this JsonElement json) => json.ValueKind == JsonValueKind.String
        ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture)
        : json.GetDouble();

    /// <summary>As LINQ's Select, which the runtime would compile anew at every start, because the elements are structs.</summary>
    public static IReadOnlyList<T> ReadAll<T>(this JsonElement array, Func<JsonElement, T> read)
        where T : class
    {
        var all = new List<T>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
            all.Add(read(element));
        return all;
    }
}

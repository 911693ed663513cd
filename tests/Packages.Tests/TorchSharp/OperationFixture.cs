using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

/// <summary>What PyTorch computed, by name of the case; fixtures/make.py wrote it.</summary>
internal sealed record OperationFixture(Tensor[] Inputs, Expected[] Outputs)
{
    private static readonly Dictionary<string, JsonElement> Cases =
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TorchSharp", "fixtures", "operations.json")))
            .EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!);

    public static IEnumerable<string> Names => Cases.Keys;

    public static OperationFixture Read(string name) => new(
        Cases[name].GetProperty("inputs").EnumerateArray().Select(ReadTensor).ToArray(),
        Cases[name].GetProperty("outputs").EnumerateArray().Select(ReadExpected).ToArray());

    private static Tensor ReadTensor(JsonElement entry)
    {
        var (type, shape, values) = ReadExpected(entry);
        return tensor(values, shape).to(type);
    }

    private static Expected ReadExpected(JsonElement entry) => new(
        entry.GetProperty("type").GetString() switch
        {
            "int64" => ScalarType.Int64,
            "bool" => ScalarType.Bool,
            _ => ScalarType.Float64,
        },
        entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray(),
        entry.GetProperty("values").EnumerateArray().Select(ReadNumber).ToArray());

    private static double ReadNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => value.GetString() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            var text => double.Parse(text!, CultureInfo.InvariantCulture),
        },
        _ => value.GetDouble(),
    };
}

/// <summary>A result to be met: type, shape and values.</summary>
internal sealed record Expected(ScalarType Type, long[] Shape, double[] Values)
{
    public void Meet(Tensor actual)
    {
        Assert.Equal(Type, actual.dtype);
        Assert.Equal(Shape, actual.shape);
        var values = actual.to(ScalarType.Float64).data<double>().ToArray();
        for (var i = 0; i < values.Length; i++) Assert.True(Close(Values[i], values[i]), $"value {i}: expected {Values[i]}, got {values[i]}");
    }

    private static bool Close(double expected, double actual) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-8 * Math.Max(1, Math.Abs(expected));
}

using static TorchSharp.torch;

namespace Pipelines.Tests.Packages.Torch;

public sealed class OperationTests
{
    // Analytic gradients are compared with differences of values; these have none, or steps.
    private static readonly string[] Steps =
    [
        "ceil", "floor", "round", "sign", "trunc", "frac", "argmax", "fmod", "remainder", "floor_divide", "div_trunc", "div_floor", "mod_scalar",
        "round_decimals", "nan_to_num", "copysign", "isnan", "isfinite", "isinf", "signbit", "embedding", "kthvalue", "median", "quantile", "xlogy",
    ];

    public static TheoryData<string> Cases => [.. OperationFixture.Names];

    public static TheoryData<string> Differentiable =>
    [
        .. OperationFixture.Names.Where(name =>
        {
            using var scope = NewDisposeScope();
            var fixture = OperationFixture.Read(name);
            return !Steps.Contains(name) && fixture.Inputs[0].dtype == float64 && fixture.Outputs[0].Type == float64
                && !name.EndsWith("_lr", StringComparison.Ordinal) && !name.Contains("adam", StringComparison.Ordinal)
                && !name.StartsWith("sgd", StringComparison.Ordinal) && !name.StartsWith("rmsprop", StringComparison.Ordinal);
        }),
    ];

    [Fact]
    public void Every_case_of_the_fixture_is_bound() =>
        Assert.Equal(OperationFixture.Names.Order(StringComparer.Ordinal), Operations.ByName.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_operation_gives_what_PyTorch_gives(string name)
    {
        using var scope = NewDisposeScope();
        var fixture = OperationFixture.Read(name);
        var outputs = Operations.ByName[name](fixture.Inputs);
        Assert.Equal(fixture.Outputs.Length, outputs.Length);
        foreach (var (expected, actual) in fixture.Outputs.Zip(outputs)) expected.Meet(actual);
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_gradient_is_the_slope_of_the_values(string name)
    {
        using var scope = NewDisposeScope();
        var inputs = OperationFixture.Read(name).Inputs;
        Slopes.Check(inputs[0], x => Operations.ByName[name]([x, .. inputs[1..]])[0]);
    }
}

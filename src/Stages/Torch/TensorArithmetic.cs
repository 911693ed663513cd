using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Stages.Torch;

/// <summary>
/// Sums, and what is done with single numbers. TorchSharp 0.107 makes an object of every number that it hands to libtorch, of the factor 1
/// of a sum too, and lets go of it before libtorch has read it: when its memory is freed meanwhile, libtorch computes with whatever stands
/// there. Here the object lives until the call has come back.
/// </summary>
internal static class TensorArithmetic
{
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        using var one = 1.ToScalar();
        return left.add(right, one);
    }

    /// <summary>The sum of the values and the products of the others.</summary>
    public static Tensor PlusProducts(this Tensor values, Tensor left, Tensor right)
    {
        using var one = 1.ToScalar();
        return values.addcmul(left, right, one);
    }

    public static Tensor Times(this Tensor values, double factor)
    {
        using var scalar = factor.ToScalar();
        return values.mul(scalar);
    }

    public static Tensor Over(this Tensor values, double divisor)
    {
        using var scalar = divisor.ToScalar();
        return values.div(scalar);
    }

    /// <summary>The larger of each value and the limit.</summary>
    public static Tensor AtLeast(this Tensor values, double limit)
    {
        using var scalar = limit.ToScalar();
        return values.clamp_min(scalar);
    }

    /// <summary>Adds to the values themselves.</summary>
    public static Tensor Add(this Tensor values, Tensor others, double factor = 1)
    {
        using var scalar = factor.ToScalar();
        return values.add_(others, scalar);
    }

    /// <summary>Adds to the values themselves.</summary>
    public static Tensor Add(this Tensor values, double number)
    {
        using var scalar = number.ToScalar();
        using var one = 1.ToScalar();
        return values.add_(scalar, one);
    }

    /// <summary>Multiplies the values themselves.</summary>
    public static Tensor Multiply(this Tensor values, double factor)
    {
        using var scalar = factor.ToScalar();
        return values.mul_(scalar);
    }

    /// <summary>Adds a multiple of products to the values themselves.</summary>
    public static Tensor AddProducts(this Tensor values, Tensor left, Tensor right, double factor)
    {
        using var scalar = factor.ToScalar();
        return values.addcmul_(left, right, scalar);
    }

    /// <summary>Adds a multiple of quotients to the values themselves.</summary>
    public static Tensor AddQuotients(this Tensor values, Tensor dividends, Tensor divisors, double factor)
    {
        using var scalar = factor.ToScalar();
        return values.addcdiv_(dividends, divisors, scalar);
    }

    /// <summary>Adds rows of others to the rows of these values that the index names.</summary>
    public static Tensor AddRows(this Tensor values, Tensor index, Tensor rows)
    {
        using var one = 1.ToScalar();
        return values.index_add_(0, index, rows, one);
    }
}

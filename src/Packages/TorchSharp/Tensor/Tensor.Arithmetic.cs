using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    public partial class Tensor
    {
        private static readonly Scalar One = 1;

        public Tensor add(Tensor target) => Native.ts_add(this, target, One);

        public Tensor add(Tensor target, Scalar alpha) => Native.ts_add(this, target, alpha);

        public Tensor add(Scalar scalar) => Native.ts_add_scalar(this, scalar, One);

        public Tensor add(Scalar scalar, Scalar alpha) => Native.ts_add_scalar(this, scalar, alpha);

        public Tensor add_(Tensor target) => Done(Native.ts_add_(this, target, One));

        public Tensor add_(Tensor target, Scalar alpha) => Done(Native.ts_add_(this, target, alpha));

        public Tensor add_(Scalar scalar) => Done(Native.ts_add_scalar_(this, scalar, One));

        public Tensor add_(Scalar scalar, Scalar alpha) => Done(Native.ts_add_scalar_(this, scalar, alpha));

        public Tensor sub(Tensor target) => Native.ts_sub(this, target);

        public Tensor sub(Scalar target) => Native.ts_sub_scalar(this, target);

        public Tensor sub_(Tensor target) => Done(Native.ts_sub_(this, target));

        public Tensor sub_(Scalar target) => Done(Native.ts_sub_scalar_(this, target));

        public Tensor mul(Tensor target) => Native.ts_mul(this, target);

        public Tensor mul(Scalar target) => Native.ts_mul_scalar(this, target);

        public Tensor mul_(Tensor target) => Done(Native.ts_mul_(this, target));

        public Tensor mul_(Scalar target) => Done(Native.ts_mul_scalar_(this, target));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Native.ts_div(this, target, (int)rounding_mode);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Native.ts_div_scalar(this, target, (int)rounding_mode);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Done(Native.ts_div_(this, target, (int)rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Done(Native.ts_div_scalar_(this, target, (int)rounding_mode));

        public Tensor pow(Tensor exponent) => Native.ts_pow(this, exponent);

        public Tensor pow(Scalar exponent) => Native.ts_pow_scalar(this, exponent);

        public Tensor pow_(Tensor exponent) => Done(Native.ts_pow_(this, exponent));

        public Tensor pow_(Scalar exponent) => Done(Native.ts_pow_scalar_(this, exponent));

        public Tensor fmod(Tensor target) => Native.ts_fmod(this, target);

        public Tensor fmod(Scalar scalar) => Native.ts_fmod_scalar(this, scalar);

        public Tensor fmod_(Tensor target) => Done(Native.ts_fmod_(this, target));

        public Tensor fmod_(Scalar scalar) => Done(Native.ts_fmod_scalar_(this, scalar));

        public Tensor remainder(Tensor target) => Native.ts_remainder(this, target);

        public Tensor remainder(Scalar scalar) => Native.ts_remainder_scalar(this, scalar);

        public Tensor remainder_(Tensor target) => Done(Native.ts_remainder_(this, target));

        public Tensor remainder_(Scalar scalar) => Done(Native.ts_remainder_scalar_(this, scalar));

        public Tensor floor_divide(Tensor other) => Native.ts_floor_divide(this, other);

        public Tensor floor_divide(Scalar other) => Native.ts_floor_divide_scalar(this, other);

        public Tensor floor_divide_(Tensor other) => Done(Native.ts_floor_divide_(this, other));

        public Tensor floor_divide_(Scalar other) => Done(Native.ts_floor_divide_scalar_(this, other));

        public Tensor maximum(Tensor other) => Native.ts_maximum(this, other);

        public Tensor minimum(Tensor other) => Native.ts_minimum(this, other);

        public Tensor fmax(Tensor other) => Native.ts_fmax(this, other);

        public Tensor fmin(Tensor other) => Native.ts_fmin(this, other);

        public Tensor atan2(Tensor other) => Native.ts_atan2(this, other);

        public Tensor logaddexp(Tensor other) => Native.ts_logaddexp(this, other);

        public Tensor hypot(Tensor other) => Native.ts_hypot(this, other);

        public Tensor xlogy(Tensor y) => Native.ts_xlogy(this, y);

        public Tensor copysign(Tensor other) => Native.ts_copysign(this, other);

        public Tensor heaviside(Tensor other) => Native.ts_heaviside(this, other);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Native.ts_addcmul(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(Native.ts_addcmul_(this, tensor1, tensor2, value));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Native.ts_addcdiv(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Native.ts_addcdiv(this, tensor1, tensor2, One);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(Native.ts_addcdiv_(this, tensor1, tensor2, value));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Done(Native.ts_addcdiv_(this, tensor1, tensor2, One));

        public Tensor lerp(Tensor end, Tensor weight) => Native.ts_lerp(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Done(Native.ts_lerp_(this, end, weight));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        /// <summary>The same tensor after a change in place.</summary>
        private Tensor Done(Status status)
        {
            status.Check();
            return this;
        }
    }
}

using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor negative() => neg();

        public Tensor absolute() => abs();

        public Tensor round(long decimals = 0L) => Native.ts_round_decimals(this, decimals);

        public Tensor round_(long decimals = 0L) => Done(Native.ts_round_decimals_(this, decimals));

        public Tensor fill_(Scalar value) => Done(Native.ts_fill_(this, value));

        /// <summary>Zeroes the values; a new handle on the same values is returned, as in the real package.</summary>
        public Tensor zero_() => Native.ts_zero_(this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Native.ts_clamp(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Native.ts_clamp_tensor(this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Done(Native.ts_clamp_(this, min, max));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Done(Native.ts_clamp_tensor_(this, min, max));

        public Tensor clamp_max(Scalar max) => clamp(null, max);

        public Tensor clamp_max_(Scalar max) => clamp_(null, max);

        public Tensor clamp_min(Scalar min) => clamp(min, null);

        public Tensor clamp_min_(Scalar min) => clamp_(min, null);

        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Native.ts_nan_to_num(this, nan, posinf ?? 0, posinf.HasValue, neginf ?? 0, neginf.HasValue);

        public Tensor gelu() => Native.ts_gelu(this, false);

        public Tensor silu() => Native.ts_silu(this);

        public Tensor selu() => Native.ts_selu(this);

        public Tensor log_sigmoid() => Native.ts_log_sigmoid(this);

        public Tensor elu(double alpha = 1) => Native.ts_elu(this, alpha);

        public Tensor leaky_relu(Scalar negative_slope) => Native.ts_leaky_relu(this, negative_slope);

        public Tensor softplus(double beta = 1, double threshold = 20) => Native.ts_softplus(this, beta, threshold);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Native.ts_softmax(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Native.ts_log_softmax(this, dim, dtype);

        /// <summary>This tensor where the condition holds, y elsewhere; an ArgumentException where the condition is not boolean.</summary>
        public Tensor where(Tensor condition, Tensor y)
        {
            if (condition.dtype != ScalarType.Bool) throw new ArgumentException("The condition to 'where' must be a boolean tensor.");
            return Native.ts_where(condition, this, y);
        }

        public Tensor masked_fill(Tensor mask, Scalar value) => Native.ts_masked_fill(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Done(Native.ts_masked_fill_(this, mask, value));

        public Tensor masked_scatter(Tensor mask, Tensor value) => Native.ts_masked_scatter(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Done(Native.ts_masked_scatter_(this, mask, value));

        public Tensor masked_select(Tensor mask)
        {
            if (mask.dtype != ScalarType.Bool) throw new ArgumentException("The mask tensor must be Boolean.");
            return Native.ts_masked_select(this, mask);
        }

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether both have the same shape and values.</summary>
        public bool Equals(Tensor target) => target is not null && Decided(Native.ts_equal(this, target));

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Decided(Native.ts_allclose(this, target, rtol, atol, equal_nan));

        private static bool Decided(int answer) => answer < 0 ? throw Native.Error() : answer != 0;
    }
}

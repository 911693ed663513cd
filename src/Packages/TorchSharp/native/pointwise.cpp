// Element-wise operations and comparisons.
#include "common.h"

#include <ATen/ops/clamp.h>
#include <ATen/ops/elu.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/hardtanh.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/log_sigmoid.h>
#include <ATen/ops/selu.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/where.h>

#define UNARY(name) \
    API Handle ts_##name(Handle a) { return guard([&] { return a->name(); }); }
#define UNARY_IN_PLACE(name) \
    API int32_t ts_##name(Handle a) { return check([&] { a->name(); }); }
#define UNARY_AND_IN_PLACE(name) UNARY(name) UNARY_IN_PLACE(name##_)

UNARY_AND_IN_PLACE(abs)
UNARY_AND_IN_PLACE(ceil)
UNARY_AND_IN_PLACE(exp)
UNARY_AND_IN_PLACE(exp2)
UNARY_AND_IN_PLACE(expm1)
UNARY_AND_IN_PLACE(floor)
UNARY_AND_IN_PLACE(frac)
UNARY_AND_IN_PLACE(log)
UNARY_AND_IN_PLACE(log10)
UNARY_AND_IN_PLACE(log1p)
UNARY_AND_IN_PLACE(log2)
UNARY_AND_IN_PLACE(neg)
UNARY_AND_IN_PLACE(reciprocal)
UNARY_AND_IN_PLACE(round)
UNARY_AND_IN_PLACE(rsqrt)
UNARY_AND_IN_PLACE(sqrt)
UNARY_AND_IN_PLACE(square)
UNARY_AND_IN_PLACE(sign)
UNARY_AND_IN_PLACE(trunc)
UNARY_AND_IN_PLACE(sin)
UNARY_AND_IN_PLACE(cos)
UNARY_AND_IN_PLACE(tan)
UNARY_AND_IN_PLACE(asin)
UNARY_AND_IN_PLACE(acos)
UNARY_AND_IN_PLACE(atan)
UNARY_AND_IN_PLACE(sinh)
UNARY_AND_IN_PLACE(cosh)
UNARY_AND_IN_PLACE(tanh)
UNARY_AND_IN_PLACE(asinh)
UNARY_AND_IN_PLACE(acosh)
UNARY_AND_IN_PLACE(atanh)
UNARY_AND_IN_PLACE(sigmoid)
UNARY_AND_IN_PLACE(relu)
UNARY_AND_IN_PLACE(erf)
UNARY_AND_IN_PLACE(erfc)
UNARY_AND_IN_PLACE(erfinv)
UNARY_AND_IN_PLACE(lgamma)
UNARY_AND_IN_PLACE(digamma)
UNARY_AND_IN_PLACE(logical_not)
UNARY_AND_IN_PLACE(bitwise_not)
UNARY(isnan)
UNARY(isinf)
UNARY(isposinf)
UNARY(isneginf)
UNARY(signbit)
UNARY(zero_)
API Handle ts_isfinite(Handle a) { return guard([&] { return at::isfinite(*a); }); }
API Handle ts_round_decimals(Handle a, int64_t decimals) { return guard([&] { return a->round(decimals); }); }
API int32_t ts_round_decimals_(Handle a, int64_t decimals) { return check([&] { a->round_(decimals); }); }

#define BINARY(name) \
    API Handle ts_##name(Handle a, Handle b) { return guard([&] { return a->name(*b); }); }
#define BINARY_IN_PLACE(name) \
    API int32_t ts_##name(Handle a, Handle b) { return check([&] { a->name(*b); }); }
#define BINARY_SCALAR(name) \
    API Handle ts_##name##_scalar(Handle a, Number b) { return guard([&] { return a->name(static_cast<c10::Scalar>(b)); }); } \
    API int32_t ts_##name##_scalar_(Handle a, Number b) { return check([&] { a->name##_(static_cast<c10::Scalar>(b)); }); }
#define BINARY_ALL(name) BINARY(name) BINARY_IN_PLACE(name##_) BINARY_SCALAR(name)

BINARY_ALL(mul)
BINARY_ALL(pow)
BINARY_ALL(fmod)
BINARY_ALL(remainder)
BINARY_ALL(floor_divide)
BINARY_ALL(eq)
BINARY_ALL(ne)
BINARY_ALL(lt)
BINARY_ALL(le)
BINARY_ALL(gt)
BINARY_ALL(ge)
BINARY(logical_and)
BINARY_IN_PLACE(logical_and_)
BINARY(logical_or)
BINARY_IN_PLACE(logical_or_)
BINARY(logical_xor)
BINARY_IN_PLACE(logical_xor_)
BINARY(bitwise_and)
BINARY_IN_PLACE(bitwise_and_)
BINARY(bitwise_or)
BINARY_IN_PLACE(bitwise_or_)
BINARY(bitwise_xor)
BINARY_IN_PLACE(bitwise_xor_)
BINARY(atan2)
BINARY(maximum)
BINARY(minimum)
BINARY(fmax)
BINARY(fmin)
BINARY(logaddexp)
BINARY(hypot)
BINARY(xlogy)
BINARY(copysign)
BINARY(heaviside)

API Handle ts_add(Handle a, Handle b, Number alpha) { return guard([&] { return a->add(*b, alpha); }); }
API int32_t ts_add_(Handle a, Handle b, Number alpha) { return check([&] { a->add_(*b, alpha); }); }
API Handle ts_add_scalar(Handle a, Number b, Number alpha) { return guard([&] { return a->add(static_cast<c10::Scalar>(b), alpha); }); }
API int32_t ts_add_scalar_(Handle a, Number b, Number alpha) { return check([&] { a->add_(static_cast<c10::Scalar>(b), alpha); }); }
API Handle ts_sub(Handle a, Handle b) { return guard([&] { return a->sub(*b); }); }
API int32_t ts_sub_(Handle a, Handle b) { return check([&] { a->sub_(*b); }); }
API Handle ts_sub_scalar(Handle a, Number b) { return guard([&] { return a->sub(static_cast<c10::Scalar>(b)); }); }
API int32_t ts_sub_scalar_(Handle a, Number b) { return check([&] { a->sub_(static_cast<c10::Scalar>(b)); }); }
API Handle ts_rsub_scalar(Handle a, Number b) { return guard([&] { return a->neg().add(static_cast<c10::Scalar>(b)); }); }
API Handle ts_rdiv_scalar(Handle a, Number b) { return guard([&] { return a->reciprocal().mul(static_cast<c10::Scalar>(b)); }); }

// 0 none, 1 trunc, 2 floor.
static Maybe<c10::string_view> rounding(int32_t mode) {
    if (mode == 1) return c10::string_view("trunc");
    if (mode == 2) return c10::string_view("floor");
    return {};
}

API Handle ts_div(Handle a, Handle b, int32_t mode) { return guard([&] { return a->div(*b, rounding(mode)); }); }
API int32_t ts_div_(Handle a, Handle b, int32_t mode) { return check([&] { a->div_(*b, rounding(mode)); }); }
API Handle ts_div_scalar(Handle a, Number b, int32_t mode) {
    return guard([&] { return a->div(static_cast<c10::Scalar>(b), rounding(mode)); });
}
API int32_t ts_div_scalar_(Handle a, Number b, int32_t mode) {
    return check([&] { a->div_(static_cast<c10::Scalar>(b), rounding(mode)); });
}

#define FUSED(name) \
    API Handle ts_##name(Handle a, Handle b, Handle c, Number value) { return guard([&] { return a->name(*b, *c, static_cast<c10::Scalar>(value)); }); }
FUSED(addcmul)
FUSED(addcdiv)
#define FUSED_IN_PLACE(name) \
    API int32_t ts_##name(Handle a, Handle b, Handle c, Number value) { return check([&] { a->name(*b, *c, static_cast<c10::Scalar>(value)); }); }
FUSED_IN_PLACE(addcmul_)
FUSED_IN_PLACE(addcdiv_)

API Handle ts_lerp(Handle a, Handle end, Handle weight) { return guard([&] { return a->lerp(*end, *weight); }); }
API int32_t ts_lerp_(Handle a, Handle end, Handle weight) { return check([&] { a->lerp_(*end, *weight); }); }
API Handle ts_lerp_scalar(Handle a, Handle end, Number weight) { return guard([&] { return a->lerp(*end, static_cast<c10::Scalar>(weight)); }); }
API int32_t ts_lerp_scalar_(Handle a, Handle end, Number weight) { return check([&] { a->lerp_(*end, static_cast<c10::Scalar>(weight)); }); }

API Handle ts_clamp(Handle a, Number low, Number high) { return guard([&] { return a->clamp(low.maybe(), high.maybe()); }); }
API int32_t ts_clamp_(Handle a, Number low, Number high) { return check([&] { a->clamp_(low.maybe(), high.maybe()); }); }
API Handle ts_clamp_tensor(Handle a, Handle low, Handle high) { return guard([&] { return a->clamp(maybe(low), maybe(high)); }); }
API int32_t ts_clamp_tensor_(Handle a, Handle low, Handle high) { return check([&] { a->clamp_(maybe(low), maybe(high)); }); }

API Handle ts_gelu(Handle a, int32_t tanh) { return guard([&] { return at::gelu(*a, tanh ? "tanh" : "none"); }); }
API Handle ts_silu(Handle a) { return guard([&] { return at::silu(*a); }); }
API Handle ts_selu(Handle a) { return guard([&] { return at::selu(*a); }); }
API Handle ts_log_sigmoid(Handle a) { return guard([&] { return at::log_sigmoid(*a); }); }
API Handle ts_elu(Handle a, Number alpha) { return guard([&] { return at::elu(*a, alpha); }); }
API Handle ts_leaky_relu(Handle a, Number slope) { return guard([&] { return at::leaky_relu(*a, slope); }); }
API Handle ts_softplus(Handle a, Number beta, Number threshold) { return guard([&] { return at::softplus(*a, beta, threshold); }); }

API Handle ts_where(Handle condition, Handle a, Handle b) { return guard([&] { return at::where(*condition, *a, *b); }); }
API Handle ts_masked_fill(Handle a, Handle mask, Number value) { return guard([&] { return a->masked_fill(*mask, static_cast<c10::Scalar>(value)); }); }
API int32_t ts_masked_fill_(Handle a, Handle mask, Number value) { return check([&] { a->masked_fill_(*mask, static_cast<c10::Scalar>(value)); }); }
API int32_t ts_fill_(Handle a, Number value) { return check([&] { a->fill_(static_cast<c10::Scalar>(value)); }); }
API Handle ts_nan_to_num(Handle a, double nan, double posinf, int32_t has_pos, double neginf, int32_t has_neg) {
    return guard([&] {
        return a->nan_to_num(nan, has_pos ? Maybe<double>(posinf) : Maybe<double>(), has_neg ? Maybe<double>(neginf) : Maybe<double>());
    });
}

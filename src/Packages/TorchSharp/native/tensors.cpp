// Creation, conversion, reductions, matrices, random filling.
#include "common.h"

#include <ATen/ops/_unique2.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/einsum.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/norm.h>
#include <ATen/ops/normal.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/rand_like.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/randperm.h>
#include <ATen/ops/std.h>
#include <ATen/ops/unique_dim.h>
#include <ATen/ops/var.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

// Where and of what type a new tensor is; the managed side always gives a type and a device.
struct Options {
    int32_t type;
    int32_t device;
    int32_t index;
    int32_t requires_grad;

    operator at::TensorOptions() const {
        at::TensorOptions options(at::Device(static_cast<at::DeviceType>(device), static_cast<at::DeviceIndex>(index)));
        return type < 0 ? options : options.dtype(static_cast<at::ScalarType>(type));
    }

    Tensor finish(Tensor&& tensor) const { return requires_grad ? tensor.set_requires_grad(true) : tensor; }
};

static Maybe<at::Generator> maybe_generator(at::Generator* generator) {
    if (generator == nullptr) return {};
    return *generator;
}

#define FACTORY(name, call, ...) \
    API Handle ts_##name(__VA_ARGS__, Options options) { return guard([&] { return options.finish(at::call); }); }

FACTORY(zeros, zeros(sizes, options), Longs sizes)
FACTORY(ones, ones(sizes, options), Longs sizes)
FACTORY(empty, empty(sizes, options), Longs sizes)
FACTORY(full, full(sizes, static_cast<c10::Scalar>(value), options), Longs sizes, Number value)
FACTORY(arange, arange(static_cast<c10::Scalar>(start), static_cast<c10::Scalar>(end), static_cast<c10::Scalar>(step), options), Number start, Number end, Number step)
FACTORY(linspace, linspace(start, end, steps, options), double start, double end, int64_t steps)
FACTORY(eye, eye(rows, columns, options), int64_t rows, int64_t columns)
FACTORY(rand, rand(sizes, maybe_generator(generator), options), Longs sizes, at::Generator* generator)
FACTORY(randn, randn(sizes, maybe_generator(generator), options), Longs sizes, at::Generator* generator)
FACTORY(randint, randint(low, high, sizes, maybe_generator(generator), options), int64_t low, int64_t high, Longs sizes, at::Generator* generator)
FACTORY(randperm, randperm(n, maybe_generator(generator), options), int64_t n, at::Generator* generator)
FACTORY(zeros_like, zeros_like(*a, options), Handle a)
FACTORY(ones_like, ones_like(*a, options), Handle a)
FACTORY(empty_like, empty_like(*a, options), Handle a)
FACTORY(rand_like, rand_like(*a, options), Handle a)
FACTORY(randn_like, randn_like(*a, options), Handle a)
FACTORY(full_like, full_like(*a, static_cast<c10::Scalar>(value), options), Handle a, Number value)

// Copies the values; source_type is their type in memory, the options say what the tensor becomes.
API Handle ts_from_data(const void* data, Longs sizes, int32_t source_type, Options options) {
    return guard([&] {
        auto source = at::TensorOptions().dtype(static_cast<at::ScalarType>(source_type));
        auto view = at::from_blob(const_cast<void*>(data), sizes, source);
        return options.finish(view.to(options, /*non_blocking=*/false, /*copy=*/true));
    });
}

API Handle ts_to(Handle a, int32_t type, int32_t device, int32_t index, int32_t non_blocking, int32_t copy) {
    return guard([&] {
        at::TensorOptions options;
        if (type >= 0) options = options.dtype(static_cast<at::ScalarType>(type));
        if (device >= 0) options = options.device(at::Device(static_cast<at::DeviceType>(device), static_cast<at::DeviceIndex>(index)));
        return a->to(options, non_blocking != 0, copy != 0);
    });
}

#define UNARY(name) \
    API Handle ts_##name(Handle a) { return guard([&] { return a->name(); }); }
UNARY(clone)
UNARY(contiguous)
UNARY(detach)
UNARY(alias)
UNARY(to_dense)
UNARY(t)
UNARY(all)
UNARY(any)
UNARY(max)
UNARY(min)
UNARY(median)
UNARY(nonzero)
UNARY(argwhere)
UNARY(trace)
UNARY(inverse)
UNARY(nansum)

#define BINARY(name) \
    API Handle ts_##name(Handle a, Handle b) { return guard([&] { return a->name(*b); }); }
BINARY(mm)
BINARY(bmm)
BINARY(mv)
BINARY(dot)
BINARY(matmul)
BINARY(outer)
BINARY(inner)
BINARY(expand_as)
BINARY(view_as)
BINARY(take)
BINARY(masked_select)

API int32_t ts_detach_(Handle a) { return check([&] { a->detach_(); }); }
API int32_t ts_set_(Handle a, Handle source) { return check([&] { a->set_(*source); }); }
API int32_t ts_copy_(Handle a, Handle source, int32_t non_blocking) { return check([&] { a->copy_(*source, non_blocking != 0); }); }

#define PRODUCT(name) \
    API Handle ts_##name(Handle a, Handle b, Handle c, double beta, double alpha) { return guard([&] { return a->name(*b, *c, beta, alpha); }); }
PRODUCT(addmm)
PRODUCT(addmv)
PRODUCT(addr)
PRODUCT(addbmm)
PRODUCT(baddbmm)
#define PRODUCT_IN_PLACE(name) \
    API int32_t ts_##name(Handle a, Handle b, Handle c, double beta, double alpha) { return check([&] { a->name(*b, *c, beta, alpha); }); }
PRODUCT_IN_PLACE(addmm_)
PRODUCT_IN_PLACE(addmv_)
PRODUCT_IN_PLACE(addr_)
PRODUCT_IN_PLACE(addbmm_)

API Handle ts_einsum(const char* equation, Tensors tensors) { return guard([&] { return at::einsum(equation, static_cast<std::vector<Tensor>>(tensors)); }); }

// Reductions.
API Handle ts_sum(Handle a, int32_t type) { return guard([&] { return a->sum(maybe_type(type)); }); }
API Handle ts_mean(Handle a, int32_t type) { return guard([&] { return a->mean(maybe_type(type)); }); }
API Handle ts_prod(Handle a, int32_t type) { return guard([&] { return a->prod(maybe_type(type)); }); }
API Handle ts_sum_dims(Handle a, Longs dims, int32_t keep, int32_t type) {
    return guard([&] { return a->sum(static_cast<c10::IntArrayRef>(dims), keep != 0, maybe_type(type)); });
}
API Handle ts_mean_dims(Handle a, Longs dims, int32_t keep, int32_t type) {
    return guard([&] { return a->mean(static_cast<c10::IntArrayRef>(dims), keep != 0, maybe_type(type)); });
}
API Handle ts_prod_dim(Handle a, int64_t dim, int32_t keep, int32_t type) { return guard([&] { return a->prod(dim, keep != 0, maybe_type(type)); }); }
API Handle ts_amax(Handle a, Longs dims, int32_t keep) { return guard([&] { return a->amax(dims, keep != 0); }); }
API Handle ts_amin(Handle a, Longs dims, int32_t keep) { return guard([&] { return a->amin(dims, keep != 0); }); }
API Handle ts_all_dim(Handle a, int64_t dim, int32_t keep) { return guard([&] { return a->all(dim, keep != 0); }); }
API Handle ts_any_dim(Handle a, int64_t dim, int32_t keep) { return guard([&] { return a->any(dim, keep != 0); }); }
API Handle ts_argmax(Handle a, int64_t dim, int32_t has_dim, int32_t keep) { return guard([&] { return a->argmax(maybe_long(dim, has_dim), keep != 0); }); }
API Handle ts_argmin(Handle a, int64_t dim, int32_t has_dim, int32_t keep) { return guard([&] { return a->argmin(maybe_long(dim, has_dim), keep != 0); }); }
API Handle ts_argsort(Handle a, int64_t dim, int32_t descending) { return guard([&] { return a->argsort(dim, descending != 0); }); }
API Handle ts_std(Handle a, int32_t unbiased) { return guard([&] { return a->std(unbiased != 0); }); }
API Handle ts_var(Handle a, int32_t unbiased) { return guard([&] { return a->var(unbiased != 0); }); }
API Handle ts_std_dims(Handle a, Longs dims, int32_t unbiased, int32_t keep) {
    return guard([&] { return a->std(static_cast<c10::IntArrayRef>(dims), unbiased != 0, keep != 0); });
}
API Handle ts_var_dims(Handle a, Longs dims, int32_t unbiased, int32_t keep) {
    return guard([&] { return a->var(static_cast<c10::IntArrayRef>(dims), unbiased != 0, keep != 0); });
}
API Handle ts_norm(Handle a, double p) { return guard([&] { return a->norm(p); }); }
API Handle ts_norm_dim(Handle a, int64_t dim, int32_t keep, double p) {
    return guard([&] { return a->norm(c10::Scalar(p), c10::IntArrayRef(dim), keep != 0); });
}
API Handle ts_logsumexp(Handle a, int64_t dim, int32_t keep) { return guard([&] { return a->logsumexp(c10::IntArrayRef(dim), keep != 0); }); }
API Handle ts_cumsum(Handle a, int64_t dim, int32_t type) { return guard([&] { return a->cumsum(dim, maybe_type(type)); }); }
API Handle ts_cumprod(Handle a, int64_t dim, int32_t type) { return guard([&] { return a->cumprod(dim, maybe_type(type)); }); }
API Handle ts_quantile(Handle a, Handle q, int64_t dim, int32_t keep) { return guard([&] { return a->quantile(*q, dim, keep != 0); }); }
API Handle ts_bincount(Handle a, Handle weights, int64_t minimum) { return guard([&] { return a->bincount(maybe(weights), minimum); }); }

#define PAIR(name, call, ...) \
    API int32_t ts_##name(__VA_ARGS__, Handle* first, Handle* second) { return attempt<int32_t>(1, [&] { return put2(call, first, second); }); }
PAIR(max_dim, a->max(dim, keep != 0), Handle a, int64_t dim, int32_t keep)
PAIR(min_dim, a->min(dim, keep != 0), Handle a, int64_t dim, int32_t keep)
PAIR(topk, a->topk(k, dim, largest != 0, sorted != 0), Handle a, int64_t k, int64_t dim, int32_t largest, int32_t sorted)
PAIR(sort, a->sort(Maybe<bool>(stable != 0), dim, descending != 0), Handle a, int64_t dim, int32_t descending, int32_t stable)
PAIR(kthvalue, a->kthvalue(k, dim, keep != 0), Handle a, int64_t k, int64_t dim, int32_t keep)
PAIR(mode, a->mode(dim, keep != 0), Handle a, int64_t dim, int32_t keep)
PAIR(cummax, a->cummax(dim), Handle a, int64_t dim)
PAIR(cummin, a->cummin(dim), Handle a, int64_t dim)

API int32_t ts_unique(Handle a, int64_t dim, int32_t has_dim, int32_t sorted, int32_t inverse, int32_t counts, Handle* out) {
    return check([&] {
        auto result = has_dim ? at::unique_dim(*a, dim, sorted != 0, inverse != 0, counts != 0) : at::_unique2(*a, sorted != 0, inverse != 0, counts != 0);
        out[0] = new_handle(std::move(std::get<0>(result)));
        out[1] = inverse ? new_handle(std::move(std::get<1>(result))) : nullptr;
        out[2] = counts ? new_handle(std::move(std::get<2>(result))) : nullptr;
    });
}

// Tests and random filling.
API int32_t ts_allclose(Handle a, Handle b, double rtol, double atol, int32_t equal_nan) {
    return attempt<int32_t>(-1, [&] { return a->allclose(*b, rtol, atol, equal_nan != 0) ? 1 : 0; });
}
API int32_t ts_equal(Handle a, Handle b) { return attempt<int32_t>(-1, [&] { return a->equal(*b) ? 1 : 0; }); }
API Handle ts_isclose(Handle a, Handle b, double rtol, double atol, int32_t equal_nan) {
    return guard([&] { return a->isclose(*b, rtol, atol, equal_nan != 0); });
}
API int32_t ts_uniform_(Handle a, double from, double to, at::Generator* generator) { return check([&] { a->uniform_(from, to, maybe_generator(generator)); }); }
API int32_t ts_normal_(Handle a, double mean, double std, at::Generator* generator) { return check([&] { a->normal_(mean, std, maybe_generator(generator)); }); }
API Handle ts_bernoulli(Handle a, at::Generator* generator) { return guard([&] { return a->bernoulli(maybe_generator(generator)); }); }
API int32_t ts_bernoulli_(Handle a, double p, at::Generator* generator) { return check([&] { a->bernoulli_(p, maybe_generator(generator)); }); }
API int32_t ts_exponential_(Handle a, double lambda, at::Generator* generator) { return check([&] { a->exponential_(lambda, maybe_generator(generator)); }); }
API Handle ts_multinomial(Handle a, int64_t samples, int32_t replacement, at::Generator* generator) {
    return guard([&] { return a->multinomial(samples, replacement != 0, maybe_generator(generator)); });
}
API Handle ts_one_hot(Handle a, int64_t classes) { return guard([&] { return at::one_hot(*a, classes); }); }

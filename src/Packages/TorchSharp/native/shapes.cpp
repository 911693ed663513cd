// Shapes and indexing.
#include "common.h"

#include <ATen/TensorIndexing.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/meshgrid.h>
#include <ATen/ops/stack.h>

API Handle ts_reshape(Handle a, Longs sizes) { return guard([&] { return a->reshape(sizes); }); }
API Handle ts_view(Handle a, Longs sizes) { return guard([&] { return a->view(sizes); }); }
API Handle ts_expand(Handle a, Longs sizes, int32_t is_implicit) { return guard([&] { return a->expand(sizes, is_implicit != 0); }); }
API Handle ts_repeat(Handle a, Longs sizes) { return guard([&] { return a->repeat(sizes); }); }
API Handle ts_tile(Handle a, Longs sizes) { return guard([&] { return a->tile(sizes); }); }
API Handle ts_broadcast_to(Handle a, Longs sizes) { return guard([&] { return a->broadcast_to(sizes); }); }
API Handle ts_permute(Handle a, Longs dims) { return guard([&] { return a->permute(dims); }); }
API Handle ts_flip(Handle a, Longs dims) { return guard([&] { return a->flip(dims); }); }
API Handle ts_roll(Handle a, Longs shifts, Longs dims) { return guard([&] { return a->roll(shifts, dims); }); }
API Handle ts_flatten(Handle a, int64_t start, int64_t end) { return guard([&] { return a->flatten(start, end); }); }
API Handle ts_transpose(Handle a, int64_t x, int64_t y) { return guard([&] { return a->transpose(x, y); }); }
API int32_t ts_transpose_(Handle a, int64_t x, int64_t y) { return check([&] { a->transpose_(x, y); }); }
API Handle ts_unsqueeze(Handle a, int64_t dim) { return guard([&] { return a->unsqueeze(dim); }); }
API int32_t ts_unsqueeze_(Handle a, int64_t dim) { return check([&] { a->unsqueeze_(dim); }); }
API Handle ts_squeeze(Handle a, int64_t dim, int32_t has_dim) { return guard([&] { return has_dim ? a->squeeze(dim) : a->squeeze(); }); }
API int32_t ts_squeeze_(Handle a, int64_t dim, int32_t has_dim) { return check([&] { has_dim ? a->squeeze_(dim) : a->squeeze_(); }); }
API Handle ts_tril(Handle a, int64_t diagonal) { return guard([&] { return a->tril(diagonal); }); }
API Handle ts_triu(Handle a, int64_t diagonal) { return guard([&] { return a->triu(diagonal); }); }
API Handle ts_diag(Handle a, int64_t diagonal) { return guard([&] { return a->diag(diagonal); }); }
API Handle ts_diagonal(Handle a, int64_t offset, int64_t x, int64_t y) { return guard([&] { return a->diagonal(offset, x, y); }); }
API Handle ts_unfold(Handle a, int64_t dim, int64_t size, int64_t step) { return guard([&] { return a->unfold(dim, size, step); }); }
API Handle ts_repeat_interleave(Handle a, Handle repeats, int64_t dim, int32_t has_dim) {
    return guard([&] { return a->repeat_interleave(*repeats, maybe_long(dim, has_dim)); });
}
API Handle ts_repeat_interleave_count(Handle a, int64_t repeats, int64_t dim, int32_t has_dim) {
    return guard([&] { return a->repeat_interleave(repeats, maybe_long(dim, has_dim)); });
}
API Handle ts_cat(Tensors tensors, int64_t dim) { return guard([&] { return at::cat(static_cast<std::vector<Tensor>>(tensors), dim); }); }
API Handle ts_stack(Tensors tensors, int64_t dim) { return guard([&] { return at::stack(static_cast<std::vector<Tensor>>(tensors), dim); }); }

#define LIST(name, call, ...) \
    API Handle* ts_##name(__VA_ARGS__, int64_t* count) { return attempt<Handle*>(nullptr, [&] { return put_list(call, count); }); }
LIST(split, a->split(size, dim), Handle a, int64_t size, int64_t dim)
LIST(split_sizes, a->split_with_sizes(sizes, dim), Handle a, Longs sizes, int64_t dim)
LIST(chunk, a->chunk(chunks, dim), Handle a, int64_t chunks, int64_t dim)
LIST(unbind, a->unbind(dim), Handle a, int64_t dim)
LIST(meshgrid, at::meshgrid(static_cast<std::vector<Tensor>>(tensors), indexing), Tensors tensors, const char* indexing)
API Handle* ts_where_indices(Handle condition, int64_t* count) {
    return attempt<Handle*>(nullptr, [&] { return put_list(condition->nonzero_numpy(), count); });
}

// Indexing.
API Handle ts_select(Handle a, int64_t dim, int64_t index) { return guard([&] { return a->select(dim, index); }); }
API Handle ts_slice(Handle a, int64_t dim, int64_t start, int64_t finish, int64_t step) { return guard([&] { return a->slice(dim, start, finish, step); }); }
API Handle ts_narrow(Handle a, int64_t dim, int64_t start, int64_t length) { return guard([&] { return a->narrow(dim, start, length); }); }
API Handle ts_gather(Handle a, int64_t dim, Handle index) { return guard([&] { return a->gather(dim, *index); }); }
API Handle ts_index_select(Handle a, int64_t dim, Handle index) { return guard([&] { return a->index_select(dim, *index); }); }
API Handle ts_index_add(Handle a, int64_t dim, Handle index, Handle source, Number alpha) { return guard([&] { return a->index_add(dim, *index, *source, alpha); }); }
API int32_t ts_index_add_(Handle a, int64_t dim, Handle index, Handle source, Number alpha) { return check([&] { a->index_add_(dim, *index, *source, alpha); }); }
API Handle ts_index_fill(Handle a, int64_t dim, Handle index, Number value) { return guard([&] { return a->index_fill(dim, *index, static_cast<c10::Scalar>(value)); }); }
API int32_t ts_index_fill_(Handle a, int64_t dim, Handle index, Number value) { return check([&] { a->index_fill_(dim, *index, static_cast<c10::Scalar>(value)); }); }
API Handle ts_take_along_dim(Handle a, Handle index, int64_t dim) { return guard([&] { return a->take_along_dim(*index, dim); }); }
API Handle ts_masked_scatter(Handle a, Handle mask, Handle value) { return guard([&] { return a->masked_scatter(*mask, *value); }); }
API int32_t ts_masked_scatter_(Handle a, Handle mask, Handle value) { return check([&] { a->masked_scatter_(*mask, *value); }); }

#define SCATTER(name) \
    API Handle ts_##name(Handle a, int64_t dim, Handle index, Handle source) { return guard([&] { return a->name(dim, *index, *source); }); }
SCATTER(scatter)
SCATTER(scatter_add)
SCATTER(index_copy)
#define SCATTER_IN_PLACE(name) \
    API int32_t ts_##name(Handle a, int64_t dim, Handle index, Handle source) { return check([&] { a->name(dim, *index, *source); }); }
SCATTER_IN_PLACE(scatter_)
SCATTER_IN_PLACE(scatter_add_)
SCATTER_IN_PLACE(index_copy_)

// One entry of an index expression. Kind: 0 integer, 1 slice, 2 tensor, 3 None, 4 Ellipsis, 5 Boolean.
struct Index {
    int64_t kind;
    int64_t start;
    int64_t stop;
    int64_t step;
    Handle tensor;
};
static constexpr int64_t absent = INT64_MIN;

static std::vector<at::indexing::TensorIndex> indices(const Index* list, int64_t count) {
    std::vector<at::indexing::TensorIndex> result;
    result.reserve(count);
    for (int64_t i = 0; i < count; i++) {
        const Index& index = list[i];
        switch (index.kind) {
            case 0: result.emplace_back(index.start); break;
            case 1:
                result.emplace_back(at::indexing::Slice(
                    index.start == absent ? 0 : index.start, index.stop == absent ? INT64_MAX : index.stop, index.step == absent ? 1 : index.step));
                break;
            case 2: result.emplace_back(*index.tensor); break;
            case 3: result.emplace_back(at::indexing::None); break;
            case 4: result.emplace_back(at::indexing::Ellipsis); break;
            default: result.emplace_back(index.start != 0); break;
        }
    }
    return result;
}

API Handle ts_index(Handle a, const Index* list, int64_t count) { return guard([&] { return a->index(indices(list, count)); }); }
API int32_t ts_index_put_(Handle a, const Index* list, int64_t count, Handle value) {
    return check([&] { a->index_put_(indices(list, count), *value); });
}
API int32_t ts_index_put_scalar_(Handle a, const Index* list, int64_t count, Number value) {
    return check([&] { a->index_put_(indices(list, count), static_cast<c10::Scalar>(value)); });
}
API int32_t ts_index_accumulate_(Handle a, Tensors tensors, Handle value) {
    return check([&] {
        c10::List<Maybe<Tensor>> list;
        for (auto& tensor : static_cast<std::vector<Tensor>>(tensors)) list.push_back(tensor.defined() ? Maybe<Tensor>(tensor) : Maybe<Tensor>());
        a->index_put_(list, *value, /*accumulate=*/true);
    });
}

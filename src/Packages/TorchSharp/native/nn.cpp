// What networks are made of: activations along a dimension, layers, losses, recurrent networks.
#include "common.h"

#include <ATen/ops/_pack_padded_sequence.h>
#include <ATen/ops/_pad_packed_sequence.h>
#include <ATen/ops/adaptive_avg_pool1d.h>
#include <ATen/ops/avg_pool1d.h>
#include <ATen/ops/binary_cross_entropy.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/conv1d.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/gru.h>
#include <ATen/ops/kl_div.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/lstm.h>
#include <ATen/ops/max_pool1d.h>
#include <ATen/ops/max_pool1d_with_indices.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/nll_loss_nd.h>
#include <ATen/ops/pad.h>
#include <ATen/ops/smooth_l1_loss.h>

API Handle ts_softmax(Handle a, int64_t dim, int32_t type) { return guard([&] { return a->softmax(dim, maybe_type(type)); }); }
API Handle ts_log_softmax(Handle a, int64_t dim, int32_t type) { return guard([&] { return a->log_softmax(dim, maybe_type(type)); }); }
API Handle ts_dropout(Handle a, double p, int32_t training) { return guard([&] { return at::dropout(*a, p, training != 0); }); }
API int32_t ts_dropout_(Handle a, double p, int32_t training) { return check([&] { at::dropout_(*a, p, training != 0); }); }

API Handle ts_linear(Handle input, Handle weight, Handle bias) { return guard([&] { return at::linear(*input, *weight, maybe(bias)); }); }
API Handle ts_embedding(Handle indices, Handle weight, int64_t padding_index, int32_t scale_by_frequency, int32_t sparse) {
    return guard([&] { return at::embedding(*weight, *indices, padding_index, scale_by_frequency != 0, sparse != 0); });
}
API Handle ts_layer_norm(Handle input, Longs shape, Handle weight, Handle bias, double epsilon) {
    return guard([&] { return at::layer_norm(*input, static_cast<c10::IntArrayRef>(shape), maybe(weight), maybe(bias), epsilon); });
}
API Handle ts_pad(Handle input, Longs pad, const char* mode, double value) {
    return guard([&] {
        return std::strcmp(mode, "constant") == 0 ? at::pad(*input, static_cast<c10::IntArrayRef>(pad), mode, value)
                                                  : at::pad(*input, static_cast<c10::IntArrayRef>(pad), mode);
    });
}

API Handle ts_conv1d(Handle input, Handle weight, Handle bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups) {
    return guard([&] {
        return at::conv1d(*input, *weight, maybe(bias), c10::IntArrayRef(stride), c10::IntArrayRef(padding), c10::IntArrayRef(dilation), groups);
    });
}
API Handle ts_conv1d_same(Handle input, Handle weight, Handle bias, int64_t stride, int64_t dilation, int64_t groups) {
    return guard([&] { return at::conv1d(*input, *weight, maybe(bias), c10::IntArrayRef(stride), "same", c10::IntArrayRef(dilation), groups); });
}
API Handle ts_max_pool1d(Handle input, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation, int32_t ceil) {
    return guard([&] {
        return at::max_pool1d(*input, c10::IntArrayRef(kernel), c10::IntArrayRef(stride), c10::IntArrayRef(padding), c10::IntArrayRef(dilation), ceil != 0);
    });
}
API int32_t ts_max_pool1d_with_indices(
    Handle input, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation, int32_t ceil, Handle* first, Handle* second) {
    return attempt<int32_t>(1, [&] {
        return put2(
            at::max_pool1d_with_indices(
                *input, c10::IntArrayRef(kernel), c10::IntArrayRef(stride), c10::IntArrayRef(padding), c10::IntArrayRef(dilation), ceil != 0),
            first, second);
    });
}
API Handle ts_avg_pool1d(Handle input, int64_t kernel, int64_t stride, int64_t padding, int32_t ceil, int32_t count_include_pad) {
    return guard([&] {
        return at::avg_pool1d(*input, c10::IntArrayRef(kernel), c10::IntArrayRef(stride), c10::IntArrayRef(padding), ceil != 0, count_include_pad != 0);
    });
}
API Handle ts_adaptive_avg_pool1d(Handle input, int64_t size) { return guard([&] { return at::adaptive_avg_pool1d(*input, c10::IntArrayRef(size)); }); }

// Losses; the reduction is libtorch's: 0 none, 1 mean, 2 sum.
API Handle ts_cross_entropy(Handle input, Handle target, Handle weight, int64_t reduction, int64_t ignore, double smoothing) {
    return guard([&] { return at::cross_entropy_loss(*input, *target, maybe(weight), reduction, ignore, smoothing); });
}
API Handle ts_nll_loss(Handle input, Handle target, Handle weight, int64_t reduction, int64_t ignore) {
    return guard([&] { return at::nll_loss_nd(*input, *target, maybe(weight), reduction, ignore); });
}
API Handle ts_binary_cross_entropy(Handle input, Handle target, Handle weight, int64_t reduction) {
    return guard([&] { return at::binary_cross_entropy(*input, *target, maybe(weight), reduction); });
}
API Handle ts_binary_cross_entropy_with_logits(Handle input, Handle target, Handle weight, Handle positive_weight, int64_t reduction) {
    return guard([&] { return at::binary_cross_entropy_with_logits(*input, *target, maybe(weight), maybe(positive_weight), reduction); });
}
API Handle ts_mse_loss(Handle input, Handle target, int64_t reduction) { return guard([&] { return at::mse_loss(*input, *target, reduction); }); }
API Handle ts_l1_loss(Handle input, Handle target, int64_t reduction) { return guard([&] { return at::l1_loss(*input, *target, reduction); }); }
API Handle ts_smooth_l1_loss(Handle input, Handle target, int64_t reduction, double beta) {
    return guard([&] { return at::smooth_l1_loss(*input, *target, reduction, beta); });
}
API Handle ts_kl_div(Handle input, Handle target, int64_t reduction, int32_t log_target) {
    return guard([&] { return at::kl_div(*input, *target, reduction, log_target != 0); });
}

// Recurrent networks. The weights are libtorch's flat list: per layer and direction w_ih, w_hh, b_ih, b_hh.
struct Recurrent {
    int64_t layers;
    double dropout;
    int32_t bias;
    int32_t training;
    int32_t bidirectional;
    int32_t batch_first;
};

template <class T> static int32_t put3(T&& result, Handle* out) {
    out[0] = new_handle(std::move(std::get<0>(result)));
    out[1] = new_handle(std::move(std::get<1>(result)));
    out[2] = new_handle(std::move(std::get<2>(result)));
    return 0;
}

API int32_t ts_lstm(Handle input, Handle h, Handle c, Tensors weights, Recurrent r, Handle* out) {
    return attempt<int32_t>(1, [&] {
        return put3(at::lstm(*input, std::vector<Tensor>{*h, *c}, static_cast<std::vector<Tensor>>(weights), r.bias != 0, r.layers, r.dropout, r.training != 0, r.bidirectional != 0, r.batch_first != 0), out);
    });
}
API int32_t ts_lstm_packed(Handle data, Handle batch_sizes, Handle h, Handle c, Tensors weights, Recurrent r, Handle* out) {
    return attempt<int32_t>(1, [&] {
        return put3(at::lstm(*data, *batch_sizes, std::vector<Tensor>{*h, *c}, static_cast<std::vector<Tensor>>(weights), r.bias != 0, r.layers, r.dropout, r.training != 0, r.bidirectional != 0), out);
    });
}
API int32_t ts_gru(Handle input, Handle h, Tensors weights, Recurrent r, Handle* first, Handle* second) {
    return attempt<int32_t>(1, [&] {
        return put2(at::gru(*input, *h, static_cast<std::vector<Tensor>>(weights), r.bias != 0, r.layers, r.dropout, r.training != 0, r.bidirectional != 0, r.batch_first != 0), first, second);
    });
}
API int32_t ts_gru_packed(Handle data, Handle batch_sizes, Handle h, Tensors weights, Recurrent r, Handle* first, Handle* second) {
    return attempt<int32_t>(1, [&] {
        return put2(at::gru(*data, *batch_sizes, *h, static_cast<std::vector<Tensor>>(weights), r.bias != 0, r.layers, r.dropout, r.training != 0, r.bidirectional != 0), first, second);
    });
}
API int32_t ts_pack_padded_sequence(Handle input, Handle lengths, int32_t batch_first, Handle* data, Handle* batch_sizes) {
    return attempt<int32_t>(1, [&] { return put2(at::_pack_padded_sequence(*input, *lengths, batch_first != 0), data, batch_sizes); });
}
API int32_t ts_pad_packed_sequence(Handle data, Handle batch_sizes, int32_t batch_first, double value, int64_t total, Handle* output, Handle* lengths) {
    return attempt<int32_t>(1, [&] { return put2(at::_pad_packed_sequence(*data, *batch_sizes, batch_first != 0, value, total), output, lengths); });
}
API int32_t ts_linalg_qr(Handle a, Handle* q, Handle* r) { return attempt<int32_t>(1, [&] { return put2(at::linalg_qr(*a, "reduced"), q, r); }); }

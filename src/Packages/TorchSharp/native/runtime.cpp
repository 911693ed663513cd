// Handles, errors, threads, random state, devices, storage.
#include "common.h"

#include <ATen/Context.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <torch/csrc/api/include/torch/cuda.h>
#include <torch/csrc/api/include/torch/serialize.h>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <string>

static thread_local std::string last_error;
static std::atomic<int64_t> live_handles{0};

void remember_error(const char* message) noexcept {
    try {
        last_error = message;
        auto end = last_error.find('\n');
        if (end != std::string::npos) last_error.resize(end);
    } catch (...) {
        last_error.clear();
    }
}

Handle new_handle(Tensor&& tensor) {
    auto* handle = new Tensor(std::move(tensor));
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return handle;
}

Handle* put_list(std::vector<Tensor>&& tensors, int64_t* count) {
    *count = static_cast<int64_t>(tensors.size());
    auto* list = static_cast<Handle*>(std::malloc(sizeof(Handle) * (tensors.size() + 1)));
    for (size_t i = 0; i < tensors.size(); i++) list[i] = tensors[i].defined() ? new_handle(std::move(tensors[i])) : nullptr;
    return list;
}

API const char* ts_last_error() { return last_error.c_str(); }
API void ts_set_error(const char* message) { last_error = message; }
API void ts_free(void* memory) { std::free(memory); }
API int64_t ts_live_handles() { return live_handles.load(std::memory_order_relaxed); }
API const char* ts_version() { return TORCH_VERSION; }

API void ts_dispose(Handle handle) {
    if (handle == nullptr) return;
    delete handle;
    live_handles.fetch_sub(1, std::memory_order_relaxed);
}

API int32_t ts_get_num_threads() { return at::get_num_threads(); }
API int32_t ts_set_num_threads(int32_t count) { return check([&] { at::set_num_threads(count); }); }
API int32_t ts_get_num_interop_threads() { return at::get_num_interop_threads(); }
API int32_t ts_set_num_interop_threads(int32_t count) { return check([&] { at::set_num_interop_threads(count); }); }

API int32_t ts_cuda_is_available() { return torch::cuda::is_available() ? 1 : 0; }
API int32_t ts_cuda_device_count() { return attempt<int32_t>(0, [] { return static_cast<int32_t>(torch::cuda::device_count()); }); }
API int32_t ts_cuda_synchronize(int64_t device) { return check([&] { torch::cuda::synchronize(device); }); }

API int32_t ts_manual_seed(int64_t seed) {
    return check([&] {
        at::manual_seed(static_cast<uint64_t>(seed));
    });
}

API at::Generator* ts_generator_default() {
    return attempt<at::Generator*>(nullptr, [] { return new at::Generator(at::globalContext().defaultGenerator(at::kCPU)); });
}
API at::Generator* ts_generator_new(uint64_t seed) {
    return attempt<at::Generator*>(nullptr, [&] { return new at::Generator(at::detail::createCPUGenerator(seed)); });
}
API void ts_generator_dispose(at::Generator* generator) { delete generator; }
API int32_t ts_generator_manual_seed(at::Generator* generator, int64_t seed) {
    return check([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(static_cast<uint64_t>(seed));
    });
}
API int64_t ts_generator_seed(at::Generator* generator) {
    return attempt<int64_t>(0, [&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        return static_cast<int64_t>(generator->seed());
    });
}
API int64_t ts_generator_initial_seed(at::Generator* generator) {
    return attempt<int64_t>(0, [&] { return static_cast<int64_t>(generator->current_seed()); });
}
API Handle ts_generator_get_state(at::Generator* generator) {
    return guard([&] { return generator->get_state(); });
}
API int32_t ts_generator_set_state(at::Generator* generator, Handle state) {
    return check([&] { generator->set_state(*state); });
}

// Getters.
API int64_t ts_ndim(Handle a) { return a->dim(); }
API int64_t ts_numel(Handle a) { return a->numel(); }
API int64_t ts_element_size(Handle a) { return static_cast<int64_t>(a->element_size()); }
API int64_t ts_storage_offset(Handle a) { return a->storage_offset(); }
API int32_t ts_dtype(Handle a) { return static_cast<int32_t>(a->scalar_type()); }
API int32_t ts_device_type(Handle a) { return static_cast<int32_t>(a->device().type()); }
API int32_t ts_device_index(Handle a) { return a->device().index(); }
API int32_t ts_is_contiguous(Handle a) { return a->is_contiguous(); }
API int32_t ts_is_sparse(Handle a) { return a->is_sparse(); }
API int32_t ts_requires_grad(Handle a) { return a->requires_grad(); }
API int32_t ts_is_leaf(Handle a) { return a->is_leaf(); }
API int32_t ts_size(Handle a, int64_t dim, int64_t* value) { return check([&] { *value = a->size(dim); }); }
API int32_t ts_stride(Handle a, int64_t dim, int64_t* value) { return check([&] { *value = a->stride(dim); }); }
API int32_t ts_sizes(Handle a, int64_t* values) {
    return check([&] { std::memcpy(values, a->sizes().data(), sizeof(int64_t) * a->dim()); });
}
API int32_t ts_strides(Handle a, int64_t* values) {
    return check([&] { std::memcpy(values, a->strides().data(), sizeof(int64_t) * a->dim()); });
}
API void* ts_data(Handle a) { return attempt<void*>(nullptr, [&] { return a->data_ptr(); }); }

API int32_t ts_save(Handle a, const char* path) { return check([&] { torch::save(*a, path); }); }
API Handle ts_load(const char* path) {
    return guard([&] {
        Tensor tensor;
        torch::load(tensor, path);
        return tensor;
    });
}
// Another handle on the very same tensor.
API Handle ts_same(Handle a) { return guard([&] { return *a; }); }

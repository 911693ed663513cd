// Gradients, gradient modes, and functions whose forward and backward are written in C#.
#include "common.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <cstdlib>
#include <stdexcept>

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

API int32_t ts_grad_enabled() { return at::GradMode::is_enabled(); }
API void ts_set_grad_enabled(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }
API int32_t ts_inference_mode_enabled() { return c10::InferenceMode::is_enabled(); }
API void* ts_inference_mode_enter(int32_t enabled) {
    return attempt<void*>(nullptr, [&] { return new c10::InferenceMode(enabled != 0); });
}
API void ts_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
API int32_t ts_anomaly_enabled() { return torch::autograd::AnomalyMode::is_enabled(); }
API int32_t ts_anomaly_should_check_nan() { return torch::autograd::AnomalyMode::should_check_nan(); }
API void ts_set_anomaly(int32_t enabled, int32_t check_nan) {
    torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0);
}

API int32_t ts_set_requires_grad(Handle a, int32_t requires_grad) {
    return check([&] { a->set_requires_grad(requires_grad != 0); });
}
API int32_t ts_retain_grad(Handle a) { return check([&] { a->retain_grad(); }); }
// Null without an error when there is no gradient yet.
API Handle ts_grad(Handle a) {
    return attempt<Handle>(nullptr, [&]() -> Handle {
        Tensor gradient = a->grad();
        return gradient.defined() ? new_handle(std::move(gradient)) : nullptr;
    });
}
API int32_t ts_set_grad(Handle a, Handle gradient) {
    return check([&] { a->mutable_grad() = gradient ? *gradient : Tensor(); });
}

API int32_t ts_backward(Tensors tensors, Tensors gradients, int32_t retain_graph, int32_t create_graph, Tensors inputs) {
    return check([&] {
        torch::autograd::backward(tensors, gradients, retain_graph != 0, create_graph != 0, inputs);
    });
}

API Handle* ts_autograd_grad(
    Tensors outputs, Tensors inputs, Tensors gradients, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, int64_t* count) {
    return attempt<Handle*>(nullptr, [&] {
        auto result = torch::autograd::grad(outputs, inputs, gradients, retain_graph != 0, create_graph != 0, allow_unused != 0);
        return put_list(std::move(result), count);
    });
}

namespace {

// The C# side: each call has a state object, named by an opaque pointer that is released with the graph node.
// Forward and backward return 0, or 1 after ts_set_error; the output array is taken over and freed here.
struct Managed {
    int32_t (*forward)(void* state, AutogradContext* context, Handle** outputs, int64_t* count);
    int32_t (*backward)(void* state, Handle* gradients, int64_t count, Handle** outputs, int64_t* output_count);
    void (*release)(void* state);
};
Managed managed;

struct State : torch::CustomClassHolder {
    explicit State(void* pointer) : pointer(pointer) {}
    ~State() override { managed.release(pointer); }
    void* pointer;
};

extern "C" const char* ts_last_error();
extern "C" void ts_dispose(Handle handle);

variable_list take(Handle* handles, int64_t count) {
    variable_list list;
    list.reserve(count);
    for (int64_t i = 0; i < count; i++) {
        list.push_back(handles[i] ? *handles[i] : Tensor());
        ts_dispose(handles[i]);
    }
    std::free(handles);
    return list;
}

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
    static variable_list forward(AutogradContext* context, at::TensorList, void* state) {
        context->saved_data["state"] = c10::IValue::make_capsule(c10::make_intrusive<State>(state));
        Handle* outputs = nullptr;
        int64_t count = 0;
        if (managed.forward(state, context, &outputs, &count) != 0) throw std::runtime_error(ts_last_error());
        return take(outputs, count);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        auto state = c10::static_intrusive_pointer_cast<State>(context->saved_data["state"].toCapsule());
        std::vector<Handle> handles;
        handles.reserve(gradients.size());
        for (auto& gradient : gradients) handles.push_back(gradient.defined() ? new_handle(Tensor(gradient)) : nullptr);
        Handle* outputs = nullptr;
        int64_t count = 0;
        if (managed.backward(state->pointer, handles.data(), static_cast<int64_t>(handles.size()), &outputs, &count) != 0)
            throw std::runtime_error(ts_last_error());
        auto result = take(outputs, count);
        result.emplace_back();  // the state is an argument too, without a gradient
        return result;
    }
};

}  // namespace

API void ts_function_callbacks(Managed callbacks) { managed = callbacks; }

API Handle* ts_function_apply(Tensors inputs, void* state, int64_t* count) {
    return attempt<Handle*>(nullptr, [&] {
        std::vector<Tensor> list = inputs;
        at::TensorList arguments(list);
        return put_list(ManagedFunction::apply(arguments, state), count);
    });
}

API int32_t ts_context_save(AutogradContext* context, Tensors tensors) {
    return check([&] { context->save_for_backward(tensors); });
}
API Handle* ts_context_saved(AutogradContext* context, int64_t* count) {
    return attempt<Handle*>(nullptr, [&] { return put_list(context->get_saved_variables(), count); });
}
API int32_t ts_context_mark_dirty(AutogradContext* context, Tensors tensors) {
    return check([&] { context->mark_dirty(tensors); });
}
API int32_t ts_context_mark_non_differentiable(AutogradContext* context, Tensors tensors) {
    return check([&] { context->mark_non_differentiable(tensors); });
}
API void ts_context_materialize(AutogradContext* context, int32_t value) { context->set_materialize_grads(value != 0); }

// New handles on the same tensors, in an array that native code takes over.
API int32_t ts_give(Tensors tensors, Handle** list) {
    return check([&] {
        int64_t count = 0;
        *list = put_list(tensors, &count);
    });
}

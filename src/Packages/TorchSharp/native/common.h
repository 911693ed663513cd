// What every entry point shares: handles, scalars, and the one error path.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cstring>
#include <exception>
#include <optional>
#include <vector>

#define API extern "C" __attribute__((visibility("default")))

using at::Tensor;
using Handle = at::Tensor*;

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <class T> using Maybe = std::optional<T>;
#else
template <class T> using Maybe = c10::optional<T>;
#endif

// A number as it crosses the border: the kind says how to read the bits; an absent number has kind -1.
struct Number {
    int64_t bits;
    int64_t kind;

    operator c10::Scalar() const {
        if (kind == 1) return c10::Scalar(bits);
        if (kind == 2) return c10::Scalar(bits != 0);
        double value;
        std::memcpy(&value, &bits, sizeof value);
        return c10::Scalar(value);
    }

    Maybe<c10::Scalar> maybe() const {
        if (kind < 0) return {};
        return static_cast<c10::Scalar>(*this);
    }
};

// A list of integers as it crosses the border.
struct Longs {
    const int64_t* data;
    int64_t length;

    operator c10::IntArrayRef() const { return {data, static_cast<size_t>(length)}; }
};

// A list of tensors as it crosses the border; a null handle is an undefined tensor.
struct Tensors {
    Handle* data;
    int64_t length;

    operator std::vector<Tensor>() const {
        std::vector<Tensor> list;
        list.reserve(length);
        for (int64_t i = 0; i < length; i++) list.push_back(data[i] ? *data[i] : Tensor());
        return list;
    }
};

void remember_error(const char* message) noexcept;
Handle new_handle(Tensor&& tensor);

inline Maybe<Tensor> maybe(Handle handle) {
    if (handle == nullptr) return {};
    return *handle;
}

inline Maybe<at::ScalarType> maybe_type(int32_t type) {
    if (type < 0) return {};
    return static_cast<at::ScalarType>(type);
}

inline Maybe<int64_t> maybe_long(int64_t value, bool present) {
    if (!present) return {};
    return value;
}

// Runs the body; on an error the message is kept for this thread and the failed value is returned.
template <class R, class F> R attempt(R failed, F&& body) noexcept {
    try {
        return body();
    } catch (const c10::Error& error) {
        remember_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember_error(error.what());
    } catch (...) {
        remember_error("unknown native error");
    }
    return failed;
}

template <class F> Handle guard(F&& body) noexcept {
    return attempt<Handle>(nullptr, [&] { return new_handle(Tensor(body())); });
}

// 0 when the body ran, 1 when it threw.
template <class F> int32_t check(F&& body) noexcept {
    return attempt<int32_t>(1, [&] { body(); return 0; });
}

template <class Tuple> int32_t put2(Tuple&& pair, Handle* first, Handle* second) {
    *first = new_handle(std::move(std::get<0>(pair)));
    *second = new_handle(std::move(std::get<1>(pair)));
    return 0;
}

// A list of results: an array of handles that the caller frees with ts_free.
Handle* put_list(std::vector<Tensor>&& tensors, int64_t* count);

using TorchSharp.PInvoke;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Native.ts_ndim(this);

        public long dim() => Native.ts_ndim(this);

        public long ndim => Native.ts_ndim(this);

        public long NumberOfElements => Native.ts_numel(this);

        public long numel() => Native.ts_numel(this);

        public long ElementSize => Native.ts_element_size(this);

        public long element_size() => Native.ts_element_size(this);

        public ScalarType dtype => (ScalarType)Native.ts_dtype(this);

        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)Native.ts_device_type(this);

        public int device_index => Native.ts_device_index(this);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Native.ts_is_sparse(this) != 0;

        public bool is_leaf => Native.ts_is_leaf(this) != 0;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_contiguous() => Native.ts_is_contiguous(this) != 0;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public long[] shape
        {
            get
            {
                var sizes = new long[ndim];
                unsafe
                {
                    fixed (long* p = sizes) Native.ts_sizes(this, p).Check();
                }
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            Native.ts_size(this, dim, out var value).Check();
            return value;
        }

        public long[] stride()
        {
            var strides = new long[ndim];
            unsafe
            {
                fixed (long* p = strides) Native.ts_strides(this, p).Check();
            }
            return strides;
        }

        public long stride(int dim)
        {
            Native.ts_stride(this, dim, out var value).Check();
            return value;
        }

        public long storage_offset() => Native.ts_storage_offset(this);

        public bool requires_grad
        {
            get => Native.ts_requires_grad(this) != 0;
            set => Native.ts_set_requires_grad(this, value).Check();
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Native.ts_retain_grad(this).Check();

        /// <summary>A new handle on the accumulated gradient, null before the first backward.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = Native.ts_grad(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set => Native.ts_set_grad(this, value).Check();
        }

        public void backward() => autograd.backward(this, (IList<Tensor>?)null);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}

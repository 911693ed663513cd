using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp.PInvoke;

/// <summary>Layers, losses, recurrent networks: native/nn.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor ts_softmax(Tensor a, long dim, TypeCode type);
    [LibraryImport(Library)] internal static partial Tensor ts_log_softmax(Tensor a, long dim, TypeCode type);
    [LibraryImport(Library)] internal static partial Tensor ts_dropout(Tensor a, double p, Flag training);
    [LibraryImport(Library)] internal static partial Status ts_dropout_(Tensor a, double p, Flag training);
    [LibraryImport(Library)] internal static partial Tensor ts_linear(Tensor input, Tensor weight, [MarshalUsing(typeof(OptionalTensor))] Tensor? bias);
    [LibraryImport(Library)] internal static partial Tensor ts_embedding(Tensor indices, Tensor weight, long paddingIndex, Flag scaleByFrequency, Flag sparse);
    [LibraryImport(Library)] internal static partial Tensor ts_layer_norm(Tensor input, Longs shape, [MarshalUsing(typeof(OptionalTensor))] Tensor? weight, [MarshalUsing(typeof(OptionalTensor))] Tensor? bias, double epsilon);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial Tensor ts_pad(Tensor input, Longs pad, string mode, double value);
    [LibraryImport(Library)] internal static partial Tensor ts_conv1d(Tensor input, Tensor weight, [MarshalUsing(typeof(OptionalTensor))] Tensor? bias, long stride, long padding, long dilation, long groups);
    [LibraryImport(Library)] internal static partial Tensor ts_conv1d_same(Tensor input, Tensor weight, [MarshalUsing(typeof(OptionalTensor))] Tensor? bias, long stride, long dilation, long groups);
    [LibraryImport(Library)] internal static partial Tensor ts_max_pool1d(Tensor input, long kernel, long stride, long padding, long dilation, Flag ceil);
    [LibraryImport(Library)] internal static partial Status ts_max_pool1d_with_indices(Tensor input, long kernel, long stride, long padding, long dilation, Flag ceil, out Tensor first, out Tensor second);
    [LibraryImport(Library)] internal static partial Tensor ts_avg_pool1d(Tensor input, long kernel, long stride, long padding, Flag ceil, Flag countIncludePad);
    [LibraryImport(Library)] internal static partial Tensor ts_adaptive_avg_pool1d(Tensor input, long size);
    [LibraryImport(Library)] internal static partial Tensor ts_cross_entropy(Tensor input, Tensor target, [MarshalUsing(typeof(OptionalTensor))] Tensor? weight, long reduction, long ignore, double smoothing);
    [LibraryImport(Library)] internal static partial Tensor ts_nll_loss(Tensor input, Tensor target, [MarshalUsing(typeof(OptionalTensor))] Tensor? weight, long reduction, long ignore);
    [LibraryImport(Library)] internal static partial Tensor ts_binary_cross_entropy(Tensor input, Tensor target, [MarshalUsing(typeof(OptionalTensor))] Tensor? weight, long reduction);
    [LibraryImport(Library)] internal static partial Tensor ts_binary_cross_entropy_with_logits(Tensor input, Tensor target, [MarshalUsing(typeof(OptionalTensor))] Tensor? weight, [MarshalUsing(typeof(OptionalTensor))] Tensor? positiveWeight, long reduction);
    [LibraryImport(Library)] internal static partial Tensor ts_mse_loss(Tensor input, Tensor target, long reduction);
    [LibraryImport(Library)] internal static partial Tensor ts_l1_loss(Tensor input, Tensor target, long reduction);
    [LibraryImport(Library)] internal static partial Tensor ts_smooth_l1_loss(Tensor input, Tensor target, long reduction, double beta);
    [LibraryImport(Library)] internal static partial Tensor ts_kl_div(Tensor input, Tensor target, long reduction, Flag logTarget);
    [LibraryImport(Library)] internal static partial Status ts_lstm(Tensor input, Tensor h, Tensor c, Tensors weights, Recurrent r, nint* @out);
    [LibraryImport(Library)] internal static partial Status ts_lstm_packed(Tensor data, Tensor batchSizes, Tensor h, Tensor c, Tensors weights, Recurrent r, nint* @out);
    [LibraryImport(Library)] internal static partial Status ts_gru(Tensor input, Tensor h, Tensors weights, Recurrent r, out Tensor first, out Tensor second);
    [LibraryImport(Library)] internal static partial Status ts_gru_packed(Tensor data, Tensor batchSizes, Tensor h, Tensors weights, Recurrent r, out Tensor first, out Tensor second);
    [LibraryImport(Library)] internal static partial Status ts_pack_padded_sequence(Tensor input, Tensor lengths, Flag batchFirst, out Tensor data, out Tensor batchSizes);
    [LibraryImport(Library)] internal static partial Status ts_pad_packed_sequence(Tensor data, Tensor batchSizes, Flag batchFirst, double value, long total, out Tensor output, out Tensor lengths);
    [LibraryImport(Library)] internal static partial Status ts_linalg_qr(Tensor a, out Tensor q, out Tensor r);
}

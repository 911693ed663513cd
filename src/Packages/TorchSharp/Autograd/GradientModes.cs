using TorchSharp.PInvoke;

namespace TorchSharp;

/// <summary>Switches the recording of gradients on this thread until disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool _before;

    public AutoGradMode(bool enabled)
    {
        _before = IsEnabled;
        Native.ts_set_grad_enabled(enabled);
    }

    public static bool IsEnabled => Native.ts_grad_enabled() != 0;

    public void Dispose() => Native.ts_set_grad_enabled(_before);
}

/// <summary>Switches inference mode on this thread until disposed.</summary>
internal sealed unsafe class InferenceMode(bool mode) : IDisposable
{
    private void* _guard = Native.ts_inference_mode_enter(mode);

    public static bool IsEnabled => Native.ts_inference_mode_enabled() != 0;

    public void Dispose()
    {
        Native.ts_inference_mode_leave(_guard);
        _guard = null;
    }
}

/// <summary>Makes backward name the operation that produced a NaN, until disposed.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool _before = IsEnabled;
    private readonly bool _checkedBefore = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Native.ts_set_anomaly(enabled, check_nan);

    public static bool IsEnabled => Native.ts_anomaly_enabled() != 0;

    public static bool ShouldCheckNaN => Native.ts_anomaly_should_check_nan() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Native.ts_set_anomaly(_before, _checkedBefore);
}

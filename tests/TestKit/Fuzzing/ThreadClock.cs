using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pipelines.TestKit.Fuzzing;

/// <summary>What the processor spent on this thread: on a busy machine, time that passes says nothing.</summary>
internal static class ThreadClock
{
    private const int ThreadTime = 3;

    public static TimeSpan Now =>
        OperatingSystem.IsLinux() && Read(ThreadTime, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

using System.Runtime.InteropServices;
using TorchSharp.PInvoke;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static string __version__ => Marshal.PtrToStringUTF8((nint)Native.ts_version())!;

    public static int get_num_threads() => Native.ts_get_num_threads();

    public static void set_num_threads(int num) => Native.ts_set_num_threads(num).Check();

    public static int get_num_interop_threads() => Native.ts_get_num_interop_threads();

    /// <summary>Only before the first parallel work of the process.</summary>
    public static void set_num_interop_threads(int num) => Native.ts_set_num_interop_threads(num).Check();

    /// <summary>Seeds every generator and returns the one of the CPU.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => InferenceMode.IsEnabled;

    /// <summary>The random numbers of the CPU.</summary>
    public static partial class random
    {
        public static Generator manual_seed(long seed)
        {
            Native.ts_manual_seed(seed).Check();
            return Generator.Default;
        }

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
            : this(Native.ts_generator_new(seed)) => this.device = device ?? CPU;

        internal Generator(nint handle)
        {
            Handle = handle != 0 ? handle : throw Native.Error();
            device = CPU;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.ts_generator_default());

        public nint Handle { get; private set; }

        public Device device { get; }

        public Tensor get_state() => Alive(Native.ts_generator_get_state(Handle));

        public void set_state(Tensor value) => Native.ts_generator_set_state(Alive(Handle), value).Check();

        public Generator manual_seed(long seed)
        {
            Native.ts_generator_manual_seed(Handle, seed).Check();
            return this;
        }

        /// <summary>Seeds with a number that nobody can foresee, and returns it.</summary>
        public long seed() => Alive(Native.ts_generator_seed(Handle));

        public long initial_seed() => Alive(Native.ts_generator_initial_seed(Handle));

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Handle;
            Handle = 0;
            if (released != 0) Native.ts_generator_dispose(released);
        }

        private T Alive<T>(T result)
        {
            GC.KeepAlive(this);
            return result;
        }
    }
}

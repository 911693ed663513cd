using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gradients over the root of their running mean square.</summary>
        public class RMSProp : OptimizerHelper, IMomentum
        {
            public RMSProp(
                IEnumerable<Parameter> parameters,
                double lr = 1e-3,
                double alpha = 0.99,
                double eps = 1e-8,
                double weight_decay = 0,
                double momentum = 0.0,
                bool centered = false,
                bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
            {
            }

            public RMSProp(
                IEnumerable<ParamGroup> parameters,
                double lr = 1e-3,
                double alpha = 0.99,
                double eps = 1e-8,
                double weight_decay = 0,
                double momentum = 0.0,
                bool centered = false,
                bool maximize = false)
            {
                Require(lr >= 0, $"Invalid learning rate: {lr}");
                Require(eps >= 0, $"Invalid ε: {eps}");
                Require(alpha is >= 0 and <= 1, $"Invalid alpha: {alpha}");
                Require(momentum >= 0, $"Invalid momentum value: {momentum}");
                Require(weight_decay >= 0, $"Invalid weight_decay value: {weight_decay}");
                Defaults = new Options(lr, alpha, eps, weight_decay, momentum, centered, maximize);
                foreach (var group in parameters) add_param_group(group);
            }

            public double Momentum
            {
                get => ((Options)Defaults).momentum!.Value;
                set => ((Options)Defaults).momentum = value;
            }

            private protected override OptimizerOptions NewOptions() => new Options();

            private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

            private protected override void Step(Parameter parameter, Tensor gradient, OptimizerState state, OptimizerOptions options)
            {
                var own = (Options)options;
                if (own.maximize == true) gradient = gradient.neg();
                if (own.weight_decay is { } decay and not 0) gradient = gradient.add(parameter, alpha: decay);
                var (kept, rate) = ((State)state, own.LearningRate!.Value);
                var root = kept.Root(gradient, own);
                if (own.momentum > 0)
                {
                    kept.momentum_buffer.mul_(own.momentum.Value).addcdiv_(gradient, root);
                    parameter.add_(kept.momentum_buffer, alpha: -rate);
                }
                else parameter.addcdiv_(gradient, root, -rate);
            }

            /// <summary>Running means of a parameter.</summary>
            public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
            {
                public long step;
                public Tensor square_avg = null!;
                public Tensor momentum_buffer = null!;
                public Tensor grad_avg = null!;

                public void Dispose() => Release();

                public override void to(Device device)
                {
                    square_avg = square_avg.to(device).DetachFromDisposeScope();
                    momentum_buffer = momentum_buffer.to(device).DetachFromDisposeScope();
                    grad_avg = grad_avg.to(device).DetachFromDisposeScope();
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    step = reader.ReadInt64();
                    square_avg.Load(reader);
                    momentum_buffer.Load(reader);
                    grad_avg.Load(reader);
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    writer.Write(step);
                    square_avg.Save(writer);
                    momentum_buffer.Save(writer);
                    grad_avg.Save(writer);
                }

                public override void LoadStateDict(OptimizerState source)
                {
                    var other = (State)source;
                    Release();
                    step = other.step;
                    (square_avg, momentum_buffer, grad_avg) = (Copy(other.square_avg), Copy(other.momentum_buffer), Copy(other.grad_avg));
                }

                public override bool ApproximatelyEquals(OptimizerState other) =>
                    other is State state && step == state.step && square_avg.allclose(state.square_avg)
                    && momentum_buffer.allclose(state.momentum_buffer) && grad_avg.allclose(state.grad_avg);

                public override void Initialize(OptimizerOptions options)
                {
                    Release();
                    step = 0;
                    (square_avg, momentum_buffer, grad_avg) = (Zeros(), Zeros(), Zeros());
                }

                internal Tensor Root(Tensor gradient, Options options)
                {
                    var alpha = options.alpha!.Value;
                    step++;
                    square_avg.mul_(alpha).addcmul_(gradient, gradient, value: 1 - alpha);
                    if (options.centered != true) return square_avg.sqrt().add_(options.eps!.Value);
                    grad_avg.mul_(alpha).add_(gradient, alpha: 1 - alpha);
                    return square_avg.addcmul(grad_avg, grad_avg, value: -1).sqrt_().add_(options.eps!.Value);
                }

                internal override void Release()
                {
                    square_avg?.Dispose();
                    momentum_buffer?.Dispose();
                    grad_avg?.Dispose();
                }
            }

            /// <summary>Options of a group.</summary>
            public class Options : OptimizerOptions
            {
                public bool? maximize;
                public double? momentum;
                public double? alpha;
                public double? eps;
                public double? weight_decay;
                public bool? centered;

                public Options()
                {
                }

                internal Options(double lr, double alpha, double eps, double weightDecay, double momentum, bool centered, bool maximize)
                {
                    (LearningRate, InitialLearningRate) = (lr, lr);
                    (this.alpha, this.eps, weight_decay) = (alpha, eps, weightDecay);
                    (this.momentum, this.centered, this.maximize) = (momentum, centered, maximize);
                }

                public override void LoadStateDict(OptimizerOptions source)
                {
                    base.LoadStateDict(source);
                    var other = (Options)source;
                    (maximize, momentum, alpha) = (other.maximize, other.momentum, other.alpha);
                    (eps, weight_decay, centered) = (other.eps, other.weight_decay, other.centered);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    maximize = reader.ReadBoolean();
                    momentum = reader.ReadDouble();
                    alpha = reader.ReadDouble();
                    eps = reader.ReadDouble();
                    weight_decay = reader.ReadDouble();
                    centered = reader.ReadBoolean();
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    writer.Write(maximize!.Value);
                    writer.Write(momentum!.Value);
                    writer.Write(alpha!.Value);
                    writer.Write(eps!.Value);
                    writer.Write(weight_decay!.Value);
                    writer.Write(centered!.Value);
                }

                internal override void Complete(OptimizerOptions defaults)
                {
                    base.Complete(defaults);
                    var other = (Options)defaults;
                    maximize ??= other.maximize;
                    momentum ??= other.momentum;
                    alpha ??= other.alpha;
                    eps ??= other.eps;
                    weight_decay ??= other.weight_decay;
                    centered ??= other.centered;
                }
            }

            /// <summary>Parameters with options of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, IMomentum
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                    : base(parameters, options)
                {
                }

                public double Momentum
                {
                    get => Options!.momentum!.Value;
                    set => Options!.momentum = value;
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static RMSProp RMSProp(
                IEnumerable<Parameter> parameters,
                double lr = 0.01,
                double alpha = 0.99,
                double eps = 1e-8,
                double weight_decay = 0,
                double momentum = 0,
                bool centered = false,
                bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Stochastic gradient descent with momentum.</summary>
        public class SGD : OptimizerHelper, IMomentum
        {
            public SGD(
                IEnumerable<Parameter> parameters,
                double lr,
                double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
            {
            }

            public SGD(
                IEnumerable<ParamGroup> parameters,
                double lr,
                double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false)
            {
                Require(lr >= 0, $"Invalid learning rate: {lr}");
                Require(momentum >= 0, $"Invalid momentum value: {momentum}");
                Require(weight_decay >= 0, $"Invalid weight_decay value: {weight_decay}");
                Require(!nesterov || (momentum > 0 && dampening == 0), "Nesterov momentum requires a momentum and zero dampening");
                Defaults = new Options(lr, momentum, dampening, weight_decay, nesterov, maximize);
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
                if (own.weight_decay is { } decay and not 0) gradient = gradient.add(parameter, alpha: decay);
                if (own.momentum is { } momentum and not 0) gradient = ((State)state).Push(gradient, momentum, own);
                var rate = own.LearningRate!.Value;
                parameter.add_(gradient, alpha: own.maximize == true ? rate : -rate);
            }

            /// <summary>The momentum of a parameter.</summary>
            public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
            {
                public Tensor? momentum_buffer;

                public void Dispose() => Release();

                public override void to(Device device) => momentum_buffer = momentum_buffer?.to(device).DetachFromDisposeScope();

                public override void LoadStateDict(BinaryReader reader) =>
                    LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);

                public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

                public override void LoadStateDict(OptimizerState source)
                {
                    Release();
                    momentum_buffer = ((State)source).momentum_buffer is { } buffer ? Copy(buffer) : null;
                }

                public override bool ApproximatelyEquals(OptimizerState other) =>
                    other is State state && (momentum_buffer is null || (state.momentum_buffer is { } buffer && momentum_buffer.allclose(buffer)));

                public override void Initialize(OptimizerOptions options)
                {
                    Release();
                    momentum_buffer = null;
                }

                internal Tensor Push(Tensor gradient, double momentum, Options options)
                {
                    if (momentum_buffer is null) momentum_buffer = gradient.clone().DetachFromDisposeScope();
                    else momentum_buffer.mul_(momentum).add_(gradient, alpha: 1 - options.dampening!.Value);
                    return options.nesterov == true ? gradient.add(momentum_buffer, alpha: momentum) : momentum_buffer;
                }

                internal override void Release() => momentum_buffer?.Dispose();
            }

            /// <summary>Options of a group.</summary>
            public class Options : OptimizerOptions
            {
                public double? momentum;
                public double? dampening;
                public double? weight_decay;
                public bool? nesterov;
                public bool? maximize;

                public Options()
                {
                }

                internal Options(double lr, double momentum, double dampening, double weightDecay, bool nesterov, bool maximize)
                {
                    (LearningRate, InitialLearningRate) = (lr, lr);
                    (this.momentum, this.dampening, weight_decay) = (momentum, dampening, weightDecay);
                    (this.nesterov, this.maximize) = (nesterov, maximize);
                }

                public override void LoadStateDict(OptimizerOptions source)
                {
                    base.LoadStateDict(source);
                    var other = (Options)source;
                    (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
                    (nesterov, maximize) = (other.nesterov, other.maximize);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    momentum = reader.ReadDouble();
                    dampening = reader.ReadDouble();
                    weight_decay = reader.ReadDouble();
                    nesterov = reader.ReadBoolean();
                    maximize = reader.ReadBoolean();
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    writer.Write(momentum!.Value);
                    writer.Write(dampening!.Value);
                    writer.Write(weight_decay!.Value);
                    writer.Write(nesterov!.Value);
                    writer.Write(maximize!.Value);
                }

                internal override void Complete(OptimizerOptions defaults)
                {
                    base.Complete(defaults);
                    var other = (Options)defaults;
                    momentum ??= other.momentum;
                    dampening ??= other.dampening;
                    weight_decay ??= other.weight_decay;
                    nesterov ??= other.nesterov;
                    maximize ??= other.maximize;
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

                public ParamGroup(
                    IEnumerable<Parameter> parameters,
                    double lr = 1e-3,
                    double momentum = 0.0,
                    double dampening = 0,
                    double weight_decay = 0,
                    bool nesterov = false,
                    bool maximize = false)
                    : base(parameters, new Options(lr, momentum, dampening, weight_decay, nesterov, maximize))
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
            public static SGD SGD(
                IEnumerable<Parameter> parameters,
                double learningRate,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters,
                double learningRate,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters.Select(pair => pair.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

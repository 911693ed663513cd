using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Adam; weight decay is added to the gradient.</summary>
        public class Adam : OptimizerHelper, IBetas
        {
            public Adam(
                IEnumerable<Parameter> parameters,
                double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0,
                bool amsgrad = false,
                bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public Adam(
                IEnumerable<ParamGroup> parameters,
                double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0,
                bool amsgrad = false,
                bool maximize = false)
            {
                Require(lr >= 0, $"Invalid learning rate: {lr}");
                Require(eps >= 0, $"Invalid ε: {eps}");
                Require(beta1 is >= 0 and < 1, $"Invalid beta1: {beta1}");
                Require(beta2 is >= 0 and < 1, $"Invalid beta2: {beta2}");
                Require(weight_decay >= 0, $"Invalid weight_decay value: {weight_decay}");
                Defaults = new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
                foreach (var group in parameters) add_param_group(group);
            }

            public (double, double) Betas
            {
                get => (((Options)Defaults).beta1!.Value, ((Options)Defaults).beta2!.Value);
                set => (((Options)Defaults).beta1, ((Options)Defaults).beta2) = value;
            }

            private protected override OptimizerOptions NewOptions() => new Options();

            private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

            private protected override void Step(Parameter parameter, Tensor gradient, OptimizerState state, OptimizerOptions options)
            {
                var own = (Options)options;
                if (own.maximize == true) gradient = gradient.neg();
                if (own.weight_decay is { } decay and not 0) gradient = gradient.add(parameter, alpha: decay);
                ((State)state).Update(parameter, gradient, own);
            }

            /// <summary>Running means of a parameter.</summary>
            public sealed class State(Parameter parameter) : MomentState(parameter);

            /// <summary>Options of a group.</summary>
            public class Options : MomentOptions
            {
                public Options()
                {
                }

                internal Options(double lr, double beta1, double beta2, double eps, double weightDecay, bool amsgrad, bool maximize) =>
                    Set(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
            }

            /// <summary>Parameters with options of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, IBetas
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
                    double beta1 = 0.9,
                    double beta2 = 0.999,
                    double eps = 1e-8,
                    double weight_decay = 0,
                    bool amsgrad = false,
                    bool maximize = false)
                    : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
                {
                }

                public (double, double) Betas
                {
                    get => (Options!.beta1!.Value, Options.beta2!.Value);
                    set => (Options!.beta1, Options.beta2) = value;
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(
                IEnumerable<Parameter> parameters,
                double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0,
                bool amsgrad = false,
                bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<(string name, Parameter parameter)> parameters,
                double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0,
                bool amsgrad = false,
                bool maximize = false) =>
                new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<Adam.ParamGroup> parameters,
                double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0,
                bool amsgrad = false,
                bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

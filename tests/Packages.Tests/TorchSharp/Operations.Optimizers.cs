using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Pipelines.Tests.Packages.Torch;

internal static partial class Operations
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Optimizing = new()
    {
        ["adam"] = Train(p => Adam(p, 0.1)),
        ["adam_decay_amsgrad"] = Train(p => Adam(p, 0.1, 0.8, 0.95, 1e-6, 0.05, amsgrad: true)),
        ["adamw"] = Train(p => AdamW(p, 0.1, weight_decay: 0.1)),
        ["sgd"] = Train(p => SGD(p, 0.1)),
        ["sgd_nesterov"] = Train(p => SGD(p, 0.1, 0.9, 0, 0.01, nesterov: true)),
        ["rmsprop"] = Train(p => RMSProp(p, 0.05)),
        ["rmsprop_centered"] = Train(p => RMSProp(p, 0.05, 0.9, 1e-6, 0.01, 0.5, centered: true)),
        ["step_lr"] = Train(p => SGD(p, 0.1), optimizer => lr_scheduler.StepLR(optimizer, 3, 0.5)),
        ["exponential_lr"] = Train(p => SGD(p, 0.1), optimizer => lr_scheduler.ExponentialLR(optimizer, 0.9)),
        ["cosine_lr"] = Train(p => SGD(p, 0.1), optimizer => lr_scheduler.CosineAnnealingLR(optimizer, 10, 0.01)),
        ["lambda_lr"] = Train(p => SGD(p, 0.1), optimizer => lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (1 + epoch))),
    };

    private static Func<Tensor[], Tensor[]> Train(
        Func<IEnumerable<Parameter>, Optimizer> make, Func<Optimizer, lr_scheduler.LRScheduler>? schedule = null) => inputs =>
    {
        var weight = new Parameter(inputs[2]);
        using var optimizer = make([weight]);
        var scheduler = schedule?.Invoke(optimizer);
        for (var i = 0; i < 10; i++)
        {
            optimizer.zero_grad();
            nn.functional.mse_loss(inputs[0].mm(weight), inputs[1].narrow(1, 0, 2)).backward();
            optimizer.step();
            scheduler?.step();
        }
        return [weight.detach()];
    };
}

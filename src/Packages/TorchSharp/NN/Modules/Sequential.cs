using System.Globalization;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules one after the other; results in between are disposed.</summary>
        public class Sequential : nn.Module<Tensor, Tensor>
        {
            private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _modules = [];

            protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
                : base(nameof(Sequential))
            {
                foreach (var (key, module) in modules) append(key, module);
            }

            protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
                : base(nameof(Sequential))
            {
                foreach (var module in modules) append(module);
            }

            public int Count => _modules.Count;

            [IndexerName("SequentialItems")]
            public nn.IModule<Tensor, Tensor> this[int index] => _modules[index].Module;

            public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
            {
                _modules.Add((name, module));
                return this;
            }

            public Sequential append(nn.IModule<Tensor, Tensor> module) =>
                append(_modules.Count.ToString(CultureInfo.InvariantCulture), module);

            public override IEnumerable<(string name, nn.Module module)> named_children() =>
                _modules.Select(entry => (entry.Name, (nn.Module)entry.Module));

            public override Tensor forward(Tensor tensor)
            {
                if (_modules.Count == 0) return tensor.alias();
                var current = _modules[0].Module.call(tensor);
                foreach (var (_, module) in _modules.Skip(1))
                {
                    var next = module.call(current);
                    current.Dispose();
                    current = next;
                }
                return current;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules.ToArray());

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());
        }
    }
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules by name, in the order they were added; they are registered when the dictionary itself is.</summary>
        public class ModuleDict<T> : Module, IEnumerable<(string, T)> where T : Module
        {
            private readonly OrderedDictionary<string, T> _modules = [];
            private bool _registered;

            public ModuleDict()
                : base(nameof(ModuleDict<T>))
            {
            }

            public int Count => _modules.Count;

            public ICollection<string> Keys => _modules.Keys;

            public ICollection<T> Values => _modules.Values;

            public T this[string key]
            {
                get => _modules[key];
                set => _modules[key] = value;
            }

            public (string, T) this[int index]
            {
                get
                {
                    var (key, module) = _modules.GetAt(index);
                    return (key, module);
                }
            }

            public IEnumerable<string> keys() => _modules.Keys;

            public IEnumerable<T> values() => _modules.Values;

            public IEnumerator<(string, T)> items() => GetEnumerator();

            public void Add((string, T) item) => _modules.Add(item.Item1, item.Item2);

            public void Add(string key, T value) => _modules.Add(key, value);

            public bool ContainsKey(string key) => _modules.ContainsKey(key);

            public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

            public bool Remove(string key) => _modules.Remove(key);

            public void clear() => _modules.Clear();

            public IEnumerator<(string, T)> GetEnumerator() => _modules.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            protected override void RegisterComponents()
            {
                if (_registered) return;
                foreach (var (key, module) in _modules) register_module(key, module);
                _registered = true;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var result = new ModuleDict<T>();
                foreach (var module in modules) result.Add(module);
                return result;
            }
        }
    }
}

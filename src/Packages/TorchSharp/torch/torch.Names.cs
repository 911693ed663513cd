namespace TorchSharp;

public static partial class torch
{
    /// <summary>Empty here: the name exists so that `utils` alone is ambiguous with `nn.utils`, as with the real package.</summary>
    public static partial class utils
    {
        /// <summary>Data sets and loaders of the real package.</summary>
        public static partial class data
        {
        }
    }
}

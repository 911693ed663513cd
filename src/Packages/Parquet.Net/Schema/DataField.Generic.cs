namespace Parquet.Schema;

/// <summary>A column of <typeparamref name="T"/>; see <see cref="DataField"/> for what that means.</summary>
public class DataField<T> : DataField
{
    public DataField(string name, bool? nullable = null)
        : base(name, typeof(T), nullable)
    {
    }
}

namespace Pipelines.Runner.Storage;

/// <summary>A shared cache did not do what it was asked to; the message goes on after its name.</summary>
internal sealed class SharingException(string message, SharingFault fault) : Exception(message)
{
    public SharingFault Fault => fault;
}

internal enum SharingFault
{
    /// <summary>One thing that it gave cannot be used.</summary>
    Content,

    /// <summary>It did not answer, or answered with an error.</summary>
    Answer,

    /// <summary>As <see cref="Answer"/>, and asking again in this run would only cost time.</summary>
    Final,
}

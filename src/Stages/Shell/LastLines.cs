namespace Pipelines.Stages.Shell;

/// <summary>The last lines of an output that say something.</summary>
internal sealed class LastLines
{
    private const int Most = 12;

    private readonly Queue<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Most)
                _lines.Dequeue();
        }
    }
}

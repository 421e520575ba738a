namespace Mcp.Monitoring.Infrastructure.Validation;

/// <summary>Lets a message through once for as long as what it says is so: for whoever looks again and again. Not for two threads at once.</summary>
internal sealed class LogDeduplicator
{
    private const int Most = 500;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Returns those that were not told before.</summary>
    public IReadOnlyList<string> New(IEnumerable<string> messages)
    {
        string[] untold = [.. messages.Where(message => !_told.Contains(message)).Distinct(StringComparer.Ordinal)];
        if (_told.Count + untold.Length > Most)
        {
            _told.Clear();
        }

        _told.UnionWith(untold);
        return untold;
    }

    /// <summary>Returns whether it was not told before.</summary>
    public bool IsNew(string message) => New([message]).Count > 0;

    /// <summary>Forgets what is no longer so: it is news when it is so again.</summary>
    public void Keep(IEnumerable<string> messages) => _told.IntersectWith(messages);

    public void Clear() => _told.Clear();
}

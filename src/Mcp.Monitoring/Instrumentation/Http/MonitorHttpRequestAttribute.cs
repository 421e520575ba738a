namespace Mcp.Monitoring;

/// <summary>
/// Names an HTTP endpoint in the metrics: a controller, an action or the handler of a minimal API. Without it every endpoint is measured under its route. On
/// a class it holds for its methods; where both have one, each property that the method sets wins.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MonitorHttpRequestAttribute : Attribute
{
    /// <summary>Keeps the route as the name.</summary>
    public MonitorHttpRequestAttribute()
    {
    }

    /// <summary>Names the endpoint.</summary>
    /// <param name="name">The label <c>route</c> of its durations and <c>operation</c> of its errors, 1 to 200 characters.</param>
    public MonitorHttpRequestAttribute(string name)
    {
        Name = name;
    }

    /// <summary>Gets the name.</summary>
    /// <value>The default is <see langword="null"/>: the template of the route.</value>
    public string? Name { get; }

    /// <summary>Gets or sets whether requests to it are left out of the HTTP metrics. They keep their correlation id.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Ignore
    {
        get => IgnoreOrUnset ?? false;
        set => IgnoreOrUnset = value;
    }

    /// <summary>
    /// Gets or sets whether its answers are streams: counted in <c>mcp_streams_active</c> and not among the active requests while they are open, and timed to their
    /// first byte, under the kind <c>stream</c>.
    /// </summary>
    /// <value>Where it is not set each answer tells: a <c>GET</c> of <c>text/event-stream</c> and an upgraded connection are streams from their first byte on, any
    /// other answer is one if it ends a second or more after its first byte. <see langword="false"/> says that they are none, however long they take. Answers
    /// without success are never streams.</value>
    public bool Stream
    {
        get => StreamOrUnset ?? false;
        set => StreamOrUnset = value;
    }

    internal bool? IgnoreOrUnset { get; private set; }

    internal bool? StreamOrUnset { get; private set; }

    /// <summary>Merges attributes from the widest to the narrowest; <see langword="null"/> if there are none.</summary>
    internal static MonitorHttpRequestAttribute? Merge(IEnumerable<MonitorHttpRequestAttribute> attributes)
    {
        MonitorHttpRequestAttribute? merged = null;
        foreach (MonitorHttpRequestAttribute next in attributes)
        {
            merged = merged is null
                ? next
                : new MonitorHttpRequestAttribute((next.Name ?? merged.Name)!)
                {
                    IgnoreOrUnset = next.IgnoreOrUnset ?? merged.IgnoreOrUnset,
                    StreamOrUnset = next.StreamOrUnset ?? merged.StreamOrUnset,
                };
        }

        return merged;
    }
}

namespace WeatherServer.Upstream;

/// <summary>Makes the upstream slow or broken: <c>--Upstream:Delay 00:00:02</c>, <c>--Upstream:Status 503</c>.</summary>
internal sealed class UpstreamOptions
{
    /// <summary>Gets or sets what is added to every answer's time.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Gets or sets the status of every answer.</summary>
    /// <value>200 means that the service works.</value>
    public int Status { get; set; } = StatusCodes.Status200OK;
}

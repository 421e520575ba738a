namespace Mcp.Monitoring.Alerting.Channels;

/// <summary>A channel of this library: it is there as long as its section of the options is on, and follows a reload.</summary>
internal interface IConfiguredChannel : IAlertChannel
{
    bool IsOn { get; }
}

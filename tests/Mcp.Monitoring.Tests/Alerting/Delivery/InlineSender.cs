using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Delivery;

namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>Calls a channel on the test's own thread.</summary>
internal sealed class InlineSender : ISender
{
    public bool IsReady => true;

    public Attempted Call(Func<CancellationToken, DeliveryResult> send)
    {
        try
        {
            return new Attempted(send(CancellationToken.None));
        }
        catch (Exception fault)
        {
            return new Attempted(SendThread.Failure(fault));
        }
    }
}

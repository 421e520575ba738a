namespace Mcp.Monitoring.Tests.Alerting.Delivery;

/// <summary>Tests of an outbox with three channels, in virtual time.</summary>
public abstract class PostOfficeTests : IDisposable
{
    private protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private protected readonly ScriptedChannel _telegram = new("telegram");
    private protected readonly ScriptedChannel _email = new("email");
    private protected readonly ScriptedChannel _log = new("log");
    private protected readonly PostOffice _post;

    protected PostOfficeTests() => _post = new PostOffice(_telegram, _email, _log);

    public void Dispose()
    {
        _post.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected double Count(string result) => _post.Host.Sample("mcp_notifications_total", ("channel", "telegram"), ("result", result));
}

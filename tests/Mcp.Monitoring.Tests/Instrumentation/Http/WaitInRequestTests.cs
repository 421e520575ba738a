using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class WaitInRequestTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wait_for_a_person_inside_is_no_latency_of_the_request(bool endsItself)
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapPost("/mcp", (OperationMonitor monitor, OperationCatalog catalog, TimeProvider time) =>
        {
            var clock = (FakeTimeProvider)time;
            OperationRecord record = monitor.OpenRequest(catalog.GetOrAdd(OperationType.Tools, "ask"), call: null, message: null, meta: null, CancellationToken.None, out int version);
            clock.Advance(TimeSpan.FromSeconds(1));
            record.BeginWait(version, monitor.Clock.Timestamp);
            clock.Advance(TimeSpan.FromSeconds(10));
            record.BeginWait(version, monitor.Clock.Timestamp);
            clock.Advance(TimeSpan.FromSeconds(30));
            if (endsItself)
            {
                record.EndWait(version, monitor.Clock.Timestamp);
                record.EndWait(version, monitor.Clock.Timestamp);
            }

            record.End(version, OperationOutcome.Success);
            clock.Advance(TimeSpan.FromSeconds(2));
            return "ok";
        }));

        await app.SendAsync("/mcp", "POST");

        app.HasCounted("http POST /mcp 200 unary 1", "ended tools ask success 1", "waited ask 1");
        Assert.Equal(3, app.Seconds("/mcp"));
    }
}

using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>What a request allocates; a benchmark that nobody runs protects nothing.</summary>
[Collection(nameof(Alone))]
public sealed class HttpBytesTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose()
    {
        OperationContext.Current = null;
        _host.Dispose();
    }

    [Fact]
    public void Request_that_completes_at_once_allocates_its_exchange_and_nothing_else()
    {
        HttpInstrumentation instrumentation = _host.Services.GetRequiredService<HttpInstrumentation>();
        var middleware = new HttpMiddleware(static _ => Task.CompletedTask, instrumentation);
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        http.Request.Headers["X-Correlation-ID"] = "ticket-7";
        HttpRequestTracker? made = null;
        long exchange = Allocation.Bytes(() => made = new HttpRequestTracker(instrumentation, http, activity: null, start: 0));
        HttpRequestTracker other = new(instrumentation, http, activity: null, start: 0);
        long ambient = Allocation.Bytes(() => OperationContext.Current = ReferenceEquals(OperationContext.Current, made) ? other : made);

        long request = Allocation.Bytes(() => _ = middleware.InvokeAsync(http).IsCompletedSuccessfully);

        Assert.Equal(exchange + ambient, request);
        Assert.InRange(exchange / Allocation.Rounds, 1, 144);
    }
}

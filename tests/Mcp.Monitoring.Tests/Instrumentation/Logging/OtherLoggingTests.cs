using Mcp.Monitoring.Tests.Instrumentation.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Instrumentation.Logging;

/// <summary>Hosts whose log records do not find the operation by themselves.</summary>
public sealed class OtherLoggingTests : IDisposable
{
    private readonly ScopeRecords _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Factory_of_another_make_gets_scopes_of_requests()
    {
        await RequestAsync(services => services.AddSingleton<ILoggerFactory>(new OtherFactory(_log)));
    }

    [Fact]
    public async Task Scope_provider_of_the_hosts_own_gets_scopes_of_requests()
    {
        await RequestAsync(services => services.AddSingleton<IExternalScopeProvider>(new LoggerExternalScopeProvider()).AddSingleton<ILoggerProvider>(_log));
    }

    [Fact]
    public async Task Factory_that_the_host_made_itself_gets_scopes_of_requests()
    {
        await RequestAsync(services => services.AddSingleton(LoggerFactory.Create(logging => logging.AddProvider(_log))));
    }

    private async Task RequestAsync(Action<IServiceCollection> logging)
    {
        ILogger? logger = null;
        await using WebApp app = await WebApp.StartAsync(
            app =>
            {
                logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Weather");
                app.MapMcp(Mcp.Primitives.Tool("add", () => { ScopeRecords.Write(logger, "in the tool"); return 3; }));
                app.MapGet("/plain", () => ScopeRecords.Write(logger, "in a request"));
                app.MapGet("/load", () => ScopeRecords.Write(logger, "in an endpoint")).WithMetadata(new MonitorMcpOperationAttribute("function", "load"));
            },
            logging);

        await app.PostAsync(Mcp.Rpc.Call("add"), "ticket-1");
        await app.SendAsync("/plain", shape: request => request.Headers[WebApp.Header] = "ticket-2");
        await app.SendAsync("/load", shape: request => request.Headers[WebApp.Header] = "ticket-3");
        ScopeRecords.Write(logger!, "outside");

        Assert.Equal(("ticket-1", "add", "stateless"), (_log.Of("in the tool")["CorrelationId"], _log.Of("in the tool")["Operation"], _log.Of("in the tool")["Session"]));
        Assert.Equal("ticket-2", _log.Of("in a request")["CorrelationId"]);
        Assert.DoesNotContain("Operation", _log.Of("in a request").Keys, StringComparer.Ordinal);
        Assert.Equal(("ticket-3", "load"), (_log.Of("in an endpoint")["CorrelationId"], _log.Of("in an endpoint")["Operation"]));
        Assert.Empty(_log.Of("outside"));
    }

    /// <summary>Makes loggers that know nothing of the services, as other logging libraries do.</summary>
    private sealed class OtherFactory : ILoggerFactory
    {
        private readonly ScopeRecords _provider;

        public OtherFactory(ScopeRecords provider)
        {
            _provider = provider;
            _provider.SetScopeProvider(new LoggerExternalScopeProvider());
        }

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => _provider.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}

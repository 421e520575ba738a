using Mcp.Monitoring.Instrumentation.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Puts the middleware around the application's pipeline when the host builds it.</summary>
internal sealed class HttpStartupFilter(IServiceProvider services, Func<IServiceProvider, HttpOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        if (!options(services).Enabled)
        {
            return next;
        }

        HttpInstrumentation instrumentation = services.GetRequiredService<HttpInstrumentation>();
        var answer = ServerAnswer.Of(services.GetService<IServer>(), instrumentation);
        return app =>
        {
            app.Use(pipeline => new HttpMiddleware(pipeline, instrumentation, answer).InvokeAsync);
            if (LogScopesRegistration.PushedScopesOf(services) is { } scopes)
            {
                app.Use(pipeline => new LogScopeMiddleware(pipeline, scopes).InvokeAsync);
            }

            next(app);
        };
    }
}

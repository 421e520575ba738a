using Microsoft.Extensions.Http.Resilience;
using OneCServer.Hosting;
using Polly;

namespace OneCServer.OneC;

/// <summary>1C: an HTTP client that tries twice more, behind a circuit breaker, and all of it monitored.</summary>
internal static class OneCRegistration
{
    private const string Name = "1c";

    public static void AddOneC(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<OneCStandIn>();
        services.AddHttpClient<OneCClient>(Name, (provider, http) =>
            {
                // Without an address of your own, the stand-in of this process.
                http.BaseAddress = configuration["OneC:Address"] is { Length: > 0 } address ? new Uri(address) : new Uri(provider.GetRequiredService<OwnAddress>().Value, "1c/");
                http.Timeout = TimeSpan.FromSeconds(2);
            })
            .AddMcpMonitoring(Name, options =>
            {
                options.Probe = "hs/ping";
                options.ProbeEvery = TimeSpan.FromSeconds(5);
                options.Sessions = "hs/monitoring/sessions";
                options.SessionsEvery = TimeSpan.FromSeconds(10);
                options.Paths.Add("/1c/odata/standard.odata/Document_Order/{number}");
            })
            .AddResilienceHandler("retry", static pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(100),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            }));
        services.AddHttpClient(Name).AddMcpCircuitBreaker(Name);
    }
}

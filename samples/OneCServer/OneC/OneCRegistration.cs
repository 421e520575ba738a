using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Http.Resilience;
using OneCServer.Hosting;
using Polly;

namespace OneCServer.OneC;

/// <summary>1C: an HTTP client that tries twice more, behind a circuit breaker, and all of it monitored.</summary>
internal static class OneCRegistration
{
    private const string AddressKey = "OneC:Address", FaultKey = "OneC:Fault";

    public static void AddOneC(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[AddressKey] is { Length: > 0 } own && !(Uri.TryCreate(own, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
        {
            throw new ArgumentException($"{AddressKey} is {own}. Set it to the address under which the infobase is published, such as http://1c.company.com/trade/.", nameof(configuration));
        }

        if (!Enum.TryParse(configuration[FaultKey] ?? nameof(OneCFault.None), ignoreCase: true, out OneCFault fault) || !Enum.IsDefined(fault))
        {
            throw new ArgumentException($"{FaultKey} is {configuration[FaultKey]}. Set it to one of {string.Join(", ", Enum.GetNames<OneCFault>())}.", nameof(configuration));
        }

        services.AddSingleton(new OneCStandIn { Fault = fault });
        services.AddHttpClient<OneCClient>(OneCClient.Name, (provider, http) =>
            {
                // Without an address of your own, the stand-in of this process.
                http.BaseAddress = configuration[AddressKey] is { Length: > 0 } address
                    ? new Uri(address.TrimEnd('/') + "/")
                    : new Uri(provider.GetRequiredService<OwnAddress>().Value, "1c/");
                http.Timeout = configuration.GetValue("OneC:Timeout", TimeSpan.FromSeconds(2));
                if (configuration["OneC:User"] is { Length: > 0 } user)
                {
                    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{configuration["OneC:Password"]}")));
                }
            })
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false })
            .AddMcpMonitoring(OneCClient.Name, options =>
            {
                options.IsOneC = true;
                options.Probe = "hs/monitoring/ping";
                options.ProbeEvery = TimeSpan.FromSeconds(5);
                options.Sessions = "hs/monitoring/sessions";
                options.SessionsEvery = TimeSpan.FromSeconds(5);
                options.CallName = static request => request.RequestUri?.AbsolutePath.Contains("/Document_Order(", StringComparison.Ordinal) == true ? "GET Document_Order" : null;
            })
            .AddResilienceHandler("retry", static pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(100),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            }));

        // After the retries, so that each try counts.
        services.AddHttpClient(OneCClient.Name).AddMcpCircuitBreaker(OneCClient.Name);
    }

    public static void MapOneC(this IEndpointRouteBuilder app, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[AddressKey]))
        {
            app.MapStandIn();
        }
    }
}

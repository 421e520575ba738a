using WeatherServer.Hosting;

namespace WeatherServer.Upstream;

/// <summary>
/// Puts the upstream service into this process, so that the sample needs no network. Over HTTP the tools call it on the server's own port: a real socket,
/// real headers and real failures. Over stdio there is no port, and a handler stands in.
/// </summary>
internal static class UpstreamRegistration
{
    // Well above what the service needs, well below what a person waits.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public static void AddUpstreamOverHttp(this IServiceCollection services)
    {
        services.AddService().AddSingleton<OwnAddress>()
            .AddHttpClient<UpstreamClient>((provider, http) =>
            {
                http.BaseAddress = provider.GetRequiredService<OwnAddress>().Value;
                http.Timeout = Timeout;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false });
    }

    public static void AddUpstreamInProcess(this IServiceCollection services)
    {
        services.AddService().AddTransient<UpstreamHandler>()
            .AddHttpClient<UpstreamClient>(http =>
            {
                http.BaseAddress = new Uri("http://localhost/");
                http.Timeout = Timeout;
            })
            .ConfigurePrimaryHttpMessageHandler<UpstreamHandler>();
    }

    public static void MapUpstream(this IEndpointRouteBuilder app) => app.MapGet(
        "/upstream/weather/{city}",
        async (string city, int days, int delayMs, UpstreamService service, CancellationToken cancellationToken) =>
        {
            var (status, answer) = await service.AnswerAsync(city, days, delayMs, cancellationToken);
            return Results.Json(answer, statusCode: status);
        });

    private static IServiceCollection AddService(this IServiceCollection services)
    {
        services.AddOptions<UpstreamOptions>().BindConfiguration("Upstream");
        return services.AddSingleton<UpstreamService>();
    }
}

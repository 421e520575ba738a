using System.Net;

namespace WeatherServer.Upstream;

/// <summary>What the tools know of the upstream service.</summary>
internal sealed class UpstreamClient(HttpClient http)
{
    /// <returns>The weather from today on, or <see langword="null"/> when the service has no station there.</returns>
    /// <exception cref="HttpRequestException">The service failed or is not there.</exception>
    /// <exception cref="TaskCanceledException">It took longer than the client's timeout; the inner exception is a <see cref="TimeoutException"/>.</exception>
    public async Task<IReadOnlyList<DayWeather>?> GetWeatherAsync(string city, int days, CancellationToken cancellationToken, int delayMs = 0)
    {
        using var response = await http.GetAsync(new Uri($"upstream/weather/{Uri.EscapeDataString(city)}?days={days}&delayMs={delayMs}", UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<DayWeather[]>(cancellationToken);
    }
}

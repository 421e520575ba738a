using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using WeatherServer.Upstream;

namespace WeatherServer;

[McpServerToolType]
internal sealed class WeatherTools(UpstreamClient upstream)
{
    [McpServerTool(Name = "get_weather", ReadOnly = true), Description("The weather in a city now.")]
    public async Task<string> GetWeather([Description("The city's name in English, e.g. Oslo.")] string city, CancellationToken cancellationToken)
    {
        var today = (await DaysAsync(city, 1, cancellationToken))[0];
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{city}: {today.Celsius} °C, {today.Sky}.");
    }

    [McpServerTool(Name = "get_forecast", ReadOnly = true), Description("The weather in a city for the next five days.")]
    public Task<IReadOnlyList<DayWeather>> GetForecast([Description("The city's name in English, e.g. Oslo.")] string city, CancellationToken cancellationToken) =>
        DaysAsync(city, 5, cancellationToken);

    // An McpException is for the model: it reads the text and may try again with another city. Other exceptions are hidden from it.
    private async Task<IReadOnlyList<DayWeather>> DaysAsync(string city, int days, CancellationToken cancellationToken) =>
        await upstream.GetWeatherAsync(city, days, cancellationToken)
            ?? throw new McpException($"There is no weather station in that city. There is one in {string.Join(", ", Stations.All.Select(s => s.City))}.");
}

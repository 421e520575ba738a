using Microsoft.Extensions.Options;

namespace WeatherServer.Upstream;

/// <summary>The weather of one day.</summary>
/// <param name="Day">0 is today.</param>
/// <param name="Celsius">The temperature at noon.</param>
/// <param name="Sky">What is to be seen above.</param>
internal sealed record DayWeather(int Day, double Celsius, string Sky);

/// <summary>The weather company that a real server would call: the same answers on every run, a few milliseconds late like all of them.</summary>
internal sealed class UpstreamService(IOptionsMonitor<UpstreamOptions> options)
{
    private static readonly string[] Skies = ["sunny", "light clouds", "cloudy", "rain"];

    /// <returns>The status, and with 200 the days.</returns>
    public async Task<(int Status, DayWeather[] Days)> AnswerAsync(string city, int days, int delayMs, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var station = Stations.Find(city);
        double distance = Math.Abs(station?.Longitude ?? 0) / 5;
        await Task.Delay(settings.Delay + TimeSpan.FromMilliseconds(5 + distance + delayMs), cancellationToken);

        return (settings.Status, station) switch
        {
            (not StatusCodes.Status200OK, _) => (settings.Status, []),
            (_, null) => (StatusCodes.Status404NotFound, []),
            _ => (StatusCodes.Status200OK, [.. Enumerable.Range(0, Math.Clamp(days, 1, 14)).Select(day => Weather(station, day))]),
        };
    }

    private static DayWeather Weather(Station station, int day)
    {
        int turn = station.City.Length + day;
        return new(day, Math.Round(station.MeanCelsius + (4 * Math.Sin(turn)), 1), Skies[turn % Skies.Length]);
    }
}

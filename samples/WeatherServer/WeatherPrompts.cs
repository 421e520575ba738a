using System.ComponentModel;
using ModelContextProtocol.Server;

namespace WeatherServer;

[McpServerPromptType]
internal sealed class WeatherPrompts
{
    [McpServerPrompt(Name = "pack_for_trip"), Description("What to pack for a trip to a city.")]
    public static string PackForTrip([Description("The city's name in English.")] string city) =>
        $"Read the forecast for {city} with get_forecast and tell me in three lines what to pack.";
}

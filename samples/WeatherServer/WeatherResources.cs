using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using WeatherServer.Upstream;

namespace WeatherServer;

[McpServerResourceType]
internal sealed class WeatherResources
{
    [McpServerResource(UriTemplate = "weather://stations", Name = "stations", MimeType = "application/json"), Description("All weather stations.")]
    public static string AllStations() => JsonSerializer.Serialize(Stations.All, JsonSerializerOptions.Web);

    [McpServerResource(UriTemplate = "weather://stations/{id}", Name = "station", MimeType = "application/json"), Description("One weather station.")]
    public static string OneStation(
        [AllowedValues(Stations.Berlin, Stations.Lisbon, Stations.Oslo, Stations.Quito, Stations.Sapporo, Stations.Wellington)] string id) =>
        Stations.All.FirstOrDefault(s => string.Equals(s.Id, id, StringComparison.Ordinal)) is { } station
            ? JsonSerializer.Serialize(station, JsonSerializerOptions.Web)
            : throw new McpProtocolException("There is no such station.", McpErrorCode.ResourceNotFound);
}

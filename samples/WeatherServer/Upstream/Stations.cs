namespace WeatherServer.Upstream;

/// <summary>A weather station.</summary>
internal sealed record Station(string Id, string City, double Latitude, double Longitude, double MeanCelsius);

/// <summary>The stations that the upstream service has.</summary>
internal static class Stations
{
    // Constants, because attributes offer them to clients for completion.
    public const string Berlin = "berlin", Lisbon = "lisbon", Oslo = "oslo", Quito = "quito", Sapporo = "sapporo", Wellington = "wellington";

    public static readonly IReadOnlyList<Station> All =
    [
        new(Berlin, "Berlin", 52.52, 13.40, 10.3),
        new(Lisbon, "Lisbon", 38.72, -9.14, 17.4),
        new(Oslo, "Oslo", 59.91, 10.75, 6.3),
        new(Quito, "Quito", -0.18, -78.47, 14.1),
        new(Sapporo, "Sapporo", 43.06, 141.35, 9.2),
        new(Wellington, "Wellington", -41.29, 174.78, 12.9),
    ];

    public static Station? Find(string name) => All.FirstOrDefault(s => string.Equals(s.City, name, StringComparison.OrdinalIgnoreCase));
}

using System.Globalization;

namespace Mcp.Monitoring.OperationsTools.Resources;

/// <summary>The addresses of the resources.</summary>
internal static class ResourceUris
{
    public const string Status = "monitoring://status", Incident = "monitoring://incidents/{number}";

    private const string Incidents = "monitoring://incidents/";

    /// <summary>Reads the number of an incident.</summary>
    /// <returns>It; <see langword="null"/> where the address is of no incident.</returns>
    public static int? IncidentOf(string uri) =>
        uri.StartsWith(Incidents, StringComparison.Ordinal) && int.TryParse(uri.AsSpan(Incidents.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;

    public static bool IsKnown(string uri) => uri == Status || IncidentOf(uri) is not null;
}

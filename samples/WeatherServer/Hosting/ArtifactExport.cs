namespace WeatherServer.Hosting;

/// <summary><c>--export DIR</c>: the rules, runbooks and dashboards for Prometheus and Grafana, as files. Nothing listens, and nothing is sent.</summary>
internal static class ArtifactExport
{
    /// <summary>Writes them, and says which.</summary>
    /// <returns>The exit code: 0 if all are there.</returns>
    public static int ExportTo(this IHost host, string directory)
    {
        try
        {
            foreach (string file in host.ExportMcpMonitoringArtifacts(directory))
            {
                Console.WriteLine(file);
            }

            return 0;
        }
        catch (IOException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
    }
}

using Mcp.Monitoring.Alerting.Rules.Expressions;

namespace Mcp.Monitoring.Artifacts.Dashboards;

/// <summary>What tells Grafana where the dashboards are and where the numbers come from.</summary>
internal static class Provisioning
{
    /// <summary>Where Grafana's own image mounts what is provisioned.</summary>
    private const string Folder = "/var/lib/grafana/dashboards/mcp";

    public static string Dashboards(DashboardTexts texts) => $"""
        # {texts["provisioning.dashboards"]}
        apiVersion: 1
        providers:
          - name: mcp-monitoring
            folder: MCP
            folderUid: mcp-monitoring
            type: file
            allowUiUpdates: false
            disableDeletion: true
            updateIntervalSeconds: 30
            options:
              path: {Folder}
              foldersFromFilesStructure: false

        """.ReplaceLineEndings("\n");

    // Grafana replaces variables in this file: a dollar sign that shall stay is written twice.
    public static string DataSource(DashboardTexts texts, TimeSpan scrapeInterval) => $$$"""
        # {{{texts["provisioning.data_source"]}}}
        apiVersion: 1
        datasources:
          - name: Prometheus
            uid: prometheus
            type: prometheus
            access: proxy
            url: http://prometheus:9090
            isDefault: true
            editable: false
            jsonData:
              httpMethod: POST
              # {{{texts["provisioning.interval"]}}}
              timeInterval: {{{PromQL.Text(scrapeInterval)}}}
              # {{{texts["provisioning.exemplars"]}}}
              exemplarTraceIdDestinations:
                - name: trace_id
                  urlDisplayLabel: {{{texts["provisioning.trace"]}}}
                  url: http://localhost:16686/trace/$${__value.raw}

        """.ReplaceLineEndings("\n");
}

using Mcp.Monitoring.IntegrationTests.Readme;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>
/// The README's smaller blocks, each in the place that it is for. ASP.NET Core runs them in the README's own program, which stays as it is, when the variable
/// says so: an assembly may change the host that it starts.
/// </summary>
internal static class ReadmeSnippets
{
    public const string PortVariable = "README_SNIPPETS_PORT";

    public static string SourceFile => $$"""
        using System.ComponentModel;
        using System.Diagnostics.Metrics;
        using System.Globalization;
        using Mcp.Monitoring;
        using Mcp.Monitoring.Alerts;
        using Mcp.Monitoring.Alerts.Delivery;
        using Mcp.Monitoring.Alerts.Incidents;
        using Mcp.Monitoring.Alerts.Silences;
        using Mcp.Monitoring.Operations;
        using Mcp.Monitoring.Tracing;
        using ModelContextProtocol.Server;

        [assembly: HostingStartup(typeof(Snippets))]

        internal sealed class Snippets : IHostingStartup
        {
            public void Configure(IWebHostBuilder builder)
            {
                if (Environment.GetEnvironmentVariable("{{PortVariable}}") is { } port)
                {
                    builder.ConfigureServices(services => Add(new Host(services), int.Parse(port, CultureInfo.InvariantCulture)));
                }
            }

            private static void Add(Host builder, int port)
            {
                builder.Services.AddMcpServer().WithTools<SnippetTools>();
                builder.Services.AddHostedService<OwnWork>();
                builder.Services.AddSingleton<Pager>();
        {{ReadmeBlocks.ChannelRegistration.Text}}

        {{ReadmeBlocks.FromFile.Text}}
        {{ReadmeBlocks.Options.Text}}
        {{ReadmeBlocks.OwnNumbers.Text}}
                builder.Services.AddSingleton(sold);

                // A test has no port of its own; any free one will do.
                builder.Services.AddMcpMonitoring(options => options.Prometheus.Port = port);
            }

            // Not run: this program's application is made elsewhere.
            internal static void MapHttp(WebApplicationBuilder builder)
            {
                using var app = builder.Build();
        {{ReadmeBlocks.Http.Text}}
            }

            private sealed record Host(IServiceCollection Services);
        }

        [McpServerToolType]
        internal sealed class SnippetTools
        {
        {{ReadmeBlocks.DescribedTool.Text}}
            [McpServerTool(Name = "order")]
            public static string Order(string item) => throw new OutOfStockException(item);
        }

        internal sealed class OutOfStockException(string item) : Exception(item);

        internal sealed class OwnWork(IMcpMonitor monitor, Counter<long> sold) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                sold.Add(1);
                return ImportAllAsync(stoppingToken);
            }

            private async Task ImportAllAsync(CancellationToken cancellationToken)
            {
        {{ReadmeBlocks.OwnWork.Text}}
            }

            internal static void Read(IMcpTracer tracer, int rows)
            {
        {{ReadmeBlocks.OwnSpan.Text}}
            }

            internal static async Task RaiseAsync(IAlertManager alerts, IMcpMonitor monitor)
            {
        {{ReadmeBlocks.RaisedAlerts.Text}}
            }

            private static ValueTask ImportAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
        }

        {{ReadmeBlocks.OwnChannel.Text}}

        internal sealed class Pager
        {
            public bool Call(string text) => text.Length > 0;
        }

        """;
}

using System.Reflection;
using Mcp.Monitoring.Metrics;
using OpenTelemetry.Resources;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>What OpenTelemetry is told of this service; <c>OTEL_RESOURCE_ATTRIBUTES</c> says it better, and the settings best.</summary>
internal static class ServiceResource
{
    private static readonly string Instance = Guid.NewGuid().ToString("D");

    public static ResourceBuilder Of(OtelOptions options, BuildInfo build)
    {
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["service.name"] = build.Service,
            ["service.instance.id"] = Instance,
        };
        AddUnlessEmpty("service.version", Version);
        AddUnlessEmpty("deployment.environment.name", build.Environment);
        ResourceBuilder resource = ResourceBuilder.CreateEmpty().AddTelemetrySdk().AddAttributes(attributes).AddEnvironmentVariableDetector();
        return options.ServiceName is { } name ? resource.AddAttributes([KeyValuePair.Create<string, object>("service.name", name)]) : resource;

        void AddUnlessEmpty(string attribute, string value)
        {
            if (value.Length > 0)
            {
                attributes[attribute] = value;
            }
        }
    }

    private static string Version =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}

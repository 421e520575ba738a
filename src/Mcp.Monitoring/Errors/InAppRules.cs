namespace Mcp.Monitoring.Errors;

/// <summary>Which frames are the application's own: those of no known library, and those the host says are. A prefix ends where a part of a name ends.</summary>
internal sealed class InAppRules(IReadOnlyCollection<string> include, IReadOnlyCollection<string> exclude)
{
    public static readonly string[] Libraries =
    [
        "System", "Microsoft", "Internal", "Interop", "FSharp", "ModelContextProtocol", "Mcp.Monitoring", "OpenTelemetry", "Sentry", "Amazon", "Autofac", "AutoMapper", "Azure",
        "Castle", "Confluent", "Dapper", "Elastic", "FluentValidation", "Google", "Grpc", "Hangfire", "HotChocolate", "Humanizer", "IdentityModel", "log4net", "MassTransit", "MediatR",
        "MongoDB", "MySql", "MySqlConnector", "Newtonsoft", "NLog", "Npgsql", "Oracle", "Polly", "Prometheus", "Quartz", "RabbitMQ", "Refit", "Serilog", "StackExchange",
        "Swashbuckle", "Xunit", "YamlDotNet",
    ];

    public bool IsInApp(string? module) =>
        !string.IsNullOrEmpty(module) && (Begins(module, include) || !(Begins(module, exclude) || Begins(module, Libraries)));

    private static bool Begins(string module, IReadOnlyCollection<string> prefixes)
    {
        foreach (string prefix in prefixes)
        {
            string name = prefix.TrimEnd('.');
            if (name.Length > 0 && module.StartsWith(name, StringComparison.Ordinal) && (module.Length == name.Length || module[name.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Settings as a host reads them, from sources that a test gives.</summary>
internal sealed class Configured : IDisposable
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly ServiceCollection _services = new();
    private ServiceProvider? _provider;

    public Configured()
    {
        _services.AddMcpMonitoring();
        Sources.Variable = name => _variables.GetValueOrDefault(name);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("monitoring-").FullName;

    public IServiceProvider Provider => _provider ??= _services.BuildServiceProvider();

    /// <summary>Gets the options.</summary>
    /// <exception cref="OptionsValidationException">They are wrong.</exception>
    public McpMonitoringOptions Options => Provider.GetRequiredService<IOptions<McpMonitoringOptions>>().Value;

    private SettingsSources Sources => (SettingsSources)_services.Single(service => service.ServiceType == typeof(SettingsSources)).ImplementationInstance!;

    public static McpMonitoringOptions Load(string text, string name = "monitoring.yaml")
    {
        using Configured configured = new Configured().File(text, name);
        return configured.Options;
    }

    public static string[] Faults(string text, string name = "monitoring.yaml")
    {
        using Configured configured = new Configured().File(text, name);
        return configured.Faults();
    }

    /// <summary>Writes a file and reads it; messages name it by its name alone.</summary>
    public Configured File(string text, string name = "monitoring.yaml")
    {
        Write(text, name);
        _services.AddMcpMonitoring(Path.Combine(Folder, name));
        return this;
    }

    public string Write(string text, string name)
    {
        string path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public Configured Variable(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    public Configured Configuration(params (string Key, string? Value)[] values)
    {
        _services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create("McpMonitoring:" + value.Key, value.Value)))
            .Build());
        return this;
    }

    public Configured Configuration(IConfiguration configuration)
    {
        _services.AddSingleton(configuration);
        return this;
    }

    public Configured Code(Action<McpMonitoringOptions> configure)
    {
        _services.AddMcpMonitoring(configure);
        return this;
    }

    public Configured Logging(ILoggerProvider log) => With(services => services.AddLogging(logging => logging.AddProvider(log)));

    public Configured With(Action<IServiceCollection> add)
    {
        add(_services);
        return this;
    }

    /// <summary>Reads the options and returns what is wrong; the folder of the test is cut off.</summary>
    public string[] Faults()
    {
        try
        {
            _ = Options;
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return [.. invalid.Failures.Select(fault => fault.Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
        }
    }

    public void Dispose()
    {
        _provider?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

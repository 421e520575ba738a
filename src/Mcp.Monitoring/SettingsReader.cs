using Mcp.Monitoring.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring;

/// <summary>Reads the settings from all of their sources, each over those before it: files, the host's configuration, environment variables, code.</summary>
internal sealed class SettingsReader(SettingsSources sources, IServiceProvider services)
{
    private volatile IReadOnlyList<FileReading> _files = [];
    private volatile IChangeToken[] _configurations = [];

    /// <summary>Gets what was read of files last, whether what they said was taken or not.</summary>
    public IReadOnlyList<FileReading> Files => _files;

    /// <summary>Gets whether the host's configuration has changed since it was read.</summary>
    public bool IsOutdated => Array.Exists(_configurations, token => token.HasChanged);

    /// <summary>Reads options that nobody has checked yet.</summary>
    public (McpMonitoringOptions Options, LoadedSettings Loaded) Read()
    {
        var options = new McpMonitoringOptions();
        var loader = new SettingsLoader(options, ContentRoot);
        foreach (string file in sources.Files)
        {
            loader.AddFile(file);
        }

        // Before they are read, so that no change is lost between that and the watch.
        IConfigurationSection[] sections = [.. Sections()];
        _configurations = [.. sections.Select(section => section.GetReloadToken())];
        foreach (IConfigurationSection section in sections)
        {
            loader.AddConfiguration(section, services.GetService<IConfiguration>());
        }

        loader.AddVariables(sources.Variable);
        LoadedSettings loaded = loader.Load();
        _files = loaded.Files;
        loaded.RunCode(options, () => RunCode(options));
        return (options, loaded);
    }

    // As the options system does it: what code sets comes last.
    private void RunCode(McpMonitoringOptions options)
    {
        foreach (IConfigureOptions<McpMonitoringOptions> configure in services.GetServices<IConfigureOptions<McpMonitoringOptions>>())
        {
            if (configure is IConfigureNamedOptions<McpMonitoringOptions> named)
            {
                named.Configure(Options.DefaultName, options);
            }
            else
            {
                configure.Configure(options);
            }
        }

        foreach (IPostConfigureOptions<McpMonitoringOptions> configure in services.GetServices<IPostConfigureOptions<McpMonitoringOptions>>())
        {
            configure.PostConfigure(Options.DefaultName, options);
        }
    }

    private IEnumerable<IConfigurationSection> Sections() =>
        sources.Sections.Count > 0 ? sources.Sections
        : services.GetService<IConfiguration>() is { } configuration ? [configuration.GetSection(SettingsSources.Section)]
        : [];

    private string ContentRoot =>
        services.GetService<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } root ? Path.GetFullPath(root) : Environment.CurrentDirectory;
}

using Sentry;
using Sentry.Extensibility;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>How the client of the SDK is set up where it is ours alone: no file, no hub, no integration, nothing of its own about the user.</summary>
internal static class ClientSettings
{
    /// <summary>How many envelopes a cache keeps; so many are never on their way at once.</summary>
    public const int MostCached = 200;

    public static global::Sentry.SentryOptions Of(SentryOptions options, SentryIdentity identity, IDiagnosticLogger? log, string? cachePath = null)
    {
        bool isCached = cachePath is not null;
        var settings = new global::Sentry.SentryOptions
        {
            Dsn = options.Dsn,
            Release = identity.Release,
            Environment = identity.Environment,
            ServerName = identity.ServerName,

            // Its logger is asked only then, and told what is to be heard.
            Debug = true,
            DiagnosticLevel = options.Debug ? SentryLevel.Info : SentryLevel.Error,
            DiagnosticLogger = log,
            StackTraceMode = StackTraceMode.Original,
            AttachStacktrace = false,
            ReportAssembliesMode = ReportAssembliesMode.None,
            DetectStartupTime = StartupTimeDetectionMode.None,
            IsEnvironmentUser = false,
            MaxBreadcrumbs = options.MaxBreadcrumbs,
            AutoSessionTracking = false,
            SendClientReports = false,
            DisableFileWrite = !isCached,
            CacheDirectoryPath = cachePath,
            MaxCacheItems = MostCached,
            MaxQueueItems = MostCached,
            InitCacheFlushTimeout = TimeSpan.Zero,
            ShutdownTimeout = isCached ? TimeSpan.FromSeconds(1) : TimeSpan.Zero,
        };
        settings.DisableDuplicateEventDetection();
        foreach (string library in InAppRules.Libraries.Concat(options.InAppExclude))
        {
            settings.AddInAppExclude(library.TrimEnd('.'));
        }

        foreach (string own in options.InAppInclude)
        {
            settings.AddInAppInclude(own.TrimEnd('.'));
        }

        return settings;
    }
}

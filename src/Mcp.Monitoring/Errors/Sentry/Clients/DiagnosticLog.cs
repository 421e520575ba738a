using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using Sentry;
using Sentry.Extensibility;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>What the SDK's client says of itself: its failures are failures of monitoring, and all of it is logged when it is asked for.</summary>
internal sealed class DiagnosticLog(InternalErrors errors, ILogger logger, bool isDebug) : IDiagnosticLogger
{
    public bool IsEnabled(SentryLevel level) => level >= (isDebug ? SentryLevel.Info : SentryLevel.Error);

    public void Log(SentryLevel logLevel, string message, Exception? exception = null, params object?[] args)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        try
        {
            if (exception is not null and not OperationCanceledException && logLevel >= SentryLevel.Error)
            {
                errors.Report(InternalErrors.ErrorTracking, exception);
            }

            if (isDebug)
            {
                // The client writes whole payloads at its own level of debugging: that one is left out.
                string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, message, args);
                Sentry.Log.ClientSays(logger, logLevel, text);
            }
        }
        catch (Exception)
        {
            // A logger that fails has nowhere to say so.
        }
    }
}

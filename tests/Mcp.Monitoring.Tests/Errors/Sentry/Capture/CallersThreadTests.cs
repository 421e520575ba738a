using System.Collections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

/// <summary>What is read of an exception on the thread of the call that failed: nothing that takes time.</summary>
public sealed class CallersThreadTests
{
    [Theory]
    [InlineData("thrown")]
    [InlineData("logged")]
    [InlineData("captured")]
    public void Frames_and_data_are_read_when_the_event_is_sent(string way)
    {
        using var host = new SentryHost();
        var exception = new ReadException();

        Tell(host, way, exception);

        Assert.Equal(0, exception.Reads);
        Assert.Empty(host.Outbox.Next.SentryExceptions!);
        Assert.Empty(host.Outbox.Next.Fingerprint);

        SentryEvent sent = Assert.Single(host.Sent());
        Assert.True(exception.Reads > 0);
        Assert.Contains(nameof(Tell), Assert.Single(sent.SentryExceptions!).Stacktrace!.Frames[^1].Function, StringComparison.Ordinal);
    }

    private static void Tell(SentryHost host, string way, Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (ReadException)
        {
            switch (way)
            {
                case "thrown":
                    host.Fail("forecast", exception);
                    break;
                case "logged":
                    host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Prices").LogError(exception, "It failed.");
                    break;
                default:
                    host.Hub.CaptureException(exception);
                    break;
            }
        }
    }

    private sealed class ReadException : Exception
    {
        public int Reads { get; private set; }

        public override IDictionary Data
        {
            get
            {
                Reads++;
                return base.Data;
            }
        }

        public override string? StackTrace
        {
            get
            {
                Reads++;
                return base.StackTrace;
            }
        }
    }
}

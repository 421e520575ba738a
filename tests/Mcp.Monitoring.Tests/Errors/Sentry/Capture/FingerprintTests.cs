using Mcp.Monitoring.Errors.Sentry.Capture;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

public class FingerprintTests
{
    [Fact]
    public void Errors_alike_have_one_and_those_of_another_tool_type_or_place_have_another()
    {
        string[] one = Of("get_weather", new TimeoutException("a"), "Weather.Api.Get");

        Assert.Equal(["tools get_weather", "timeout", "System.TimeoutException", "Weather.Api.Get"], one);
        Assert.Equal(one, Of("get_weather", new TimeoutException("b"), "Weather.Api.Get"));
        Assert.NotEqual(one, Of("get_alerts", new TimeoutException("a"), "Weather.Api.Get"));
        Assert.NotEqual(one, Of("get_weather", new InvalidOperationException("a"), "Weather.Api.Get"));
        Assert.NotEqual(one, Of("get_weather", new TimeoutException("a"), "Weather.Api.Parse"));
    }

    [Fact]
    public void Wrapper_of_a_task_is_not_the_exception()
    {
        Assert.Equal(Of("tool", new TimeoutException(), "A.B"), Of("tool", new AggregateException(new TimeoutException()), "A.B"));
    }

    [Fact]
    public void Without_frames_of_the_application_sentry_looks_at_the_others()
    {
        Assert.Equal(["tools tool", "timeout", "System.TimeoutException", "{{ default }}"], Of("tool", new TimeoutException()), StringComparer.Ordinal);
    }

    [Fact]
    public void Deep_stack_and_long_names_stay_within_what_is_sent()
    {
        string[] parts = Of("tool", new TimeoutException(), [.. Enumerable.Range(0, 50).Select(i => new string('x', 300) + i)]);

        Assert.Equal(11, parts.Length);
        Assert.All(parts, part => Assert.True(part.Length <= 200));
    }

    [Fact]
    public void Fingerprint_that_code_gave_stays()
    {
        using var host = new SentryHost();
        host.Hub.CaptureException(new TimeoutException(), scope => scope.Fingerprint = ["mine"]);

        Assert.Equal(["mine"], Assert.Single(host.Sent()).Fingerprint);
    }

    private static string[] Of(string tool, Exception exception, params string[] frames)
    {
        var sentryEvent = new SentryEvent(exception);
        sentryEvent.SetTag("operation_type", "tools");
        sentryEvent.SetTag("operation", tool);
        sentryEvent.SetTag("error_type", "timeout");
        Fingerprint.Set(sentryEvent, _ => frames);
        return [.. sentryEvent.Fingerprint];
    }
}

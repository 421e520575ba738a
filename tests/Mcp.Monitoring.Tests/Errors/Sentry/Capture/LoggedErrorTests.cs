using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

public sealed class LoggedErrorTests : IDisposable
{
    private readonly SentryHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Exception_that_is_logged_and_then_ends_the_operation_is_one_event_with_the_operation_on_it()
    {
        var exception = new TimeoutException("late");
        OperationRecord record = _host.Open("tool", out int version);
        SentryId id = _host.Tracker.Errors!.CaptureLogged(new SentryEvent(exception) { Logger = "Weather", Message = "It failed." });
        record.Fail(version, exception);

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal(id, sent.EventId);
        Assert.Equal("tool", sent.Tags["mcp.tool.name"]);
        Assert.Equal("timeout", sent.Tags["error_type"]);
        Assert.Equal("timeout", sent.Tags["mcp.error_kind"]);
        Assert.Equal("Weather", sent.Logger);
    }

    [Fact]
    public void Exception_that_was_counted_is_not_sent_again_by_the_log()
    {
        var exception = new InvalidOperationException();
        _host.Fail("tool", exception);

        Assert.Equal(SentryId.Empty, _host.Tracker.Errors!.CaptureLogged(new SentryEvent(new InvalidOperationException("shell", exception)) { Logger = "Sdk" }));

        Assert.Single(_host.Sent());
    }

    [Fact]
    public void Exception_that_was_counted_and_held_back_is_not_sent_by_the_log_either()
    {
        using var host = new SentryHost(options => options.IgnoreMessages = ["no"]);
        var exception = new InvalidOperationException("no");
        host.Fail("tool", exception);

        Assert.Equal(SentryId.Empty, host.Tracker.Errors!.CaptureLogged(new SentryEvent(new InvalidOperationException("shell", exception)) { Logger = "Sdk" }));

        Assert.Empty(host.Sent());
        Assert.Equal(1, host.Outbox.DroppedErrors);
    }

    [Fact]
    public void Exception_that_was_counted_as_the_tools_own_answer_may_still_be_sent_by_code()
    {
        var exception = new McpValidationException("no");
        _host.Fail("tool", exception);

        Assert.NotEqual(SentryId.Empty, _host.Hub.CaptureException(exception));
        Assert.Single(_host.Sent());
    }

    [Fact]
    public void Fault_of_the_caller_that_is_logged_is_no_event()
    {
        Assert.Equal(SentryId.Empty, _host.Tracker.Errors!.CaptureLogged(new SentryEvent(new McpValidationException("no")) { Logger = "Weather" }));

        Assert.Empty(_host.Sent());
    }

    [Fact]
    public void Cancellation_by_the_caller_that_is_logged_is_no_event()
    {
        using var caller = new CancellationTokenSource();
        OperationRecord record = _host.Open("tool", caller.Token, out int version);
        caller.Cancel();

        Assert.Equal(SentryId.Empty, _host.Tracker.Errors!.CaptureLogged(new SentryEvent(new OperationCanceledException()) { Logger = "Weather" }));

        record.End(version, OperationOutcome.Cancelled);
    }

    [Fact]
    public void Record_without_an_exception_is_grouped_by_sentry_itself()
    {
        _host.Tracker.Errors!.CaptureLogged(new SentryEvent { Message = new SentryMessage { Formatted = "Disk 7 is full.", Message = "Disk {Disk} is full." }, Logger = "Disks" });

        Assert.Empty(Assert.Single(_host.Sent()).Fingerprint);
    }
}

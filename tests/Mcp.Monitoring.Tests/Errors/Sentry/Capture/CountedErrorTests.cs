using System.Diagnostics;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Capture;

public sealed class CountedErrorTests : IDisposable
{
    private readonly SentryHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Exception_of_a_tool_is_one_event_with_the_words_of_both_conventions()
    {
        var exception = new InvalidOperationException("no");

        _host.Fail("get_weather", exception);

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Same(exception, sent.Exception);
        Assert.Equal(SentryLevel.Error, sent.Level);
        Assert.Equal("tools/call get_weather", sent.Transaction);
        Assert.Equal("auto.ai.mcp_server", sent.MechanismType);
        Assert.False(sent.IsHandled);
        Assert.Equal(["error_type=tool_execution", "tool_name=get_weather"], sent.MechanismData.Where(item => item.Key != "HResult").Select(item => $"{item.Key}={item.Value}"), StringComparer.Ordinal);
        Assert.Equal(
            [
                "correlation_id", "error_type=internal", "gen_ai.tool.name=get_weather", "mcp.client.name=claude-code", "mcp.error_kind=tool_execution", "mcp.method.name=tools/call",
                "mcp.protocol.version=2025-11-25", "mcp.tool.name=get_weather", "operation=get_weather", "operation_type=tools", "outcome=server_error", "session=stateful",
            ],
            sent.Tags.Select(tag => tag.Key == "correlation_id" ? tag.Key : $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Event_has_the_correlation_id_and_the_trace_of_its_request()
    {
        using var activity = new Activity("request");
        activity.Start();
        OperationRecord record = _host.Open("tool", out int version);
        string correlationId = record.Context.CorrelationId;
        record.Fail(version, new InvalidOperationException());

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal(correlationId, sent.Tags["correlation_id"]);
        Assert.Equal(activity.TraceId.ToHexString(), sent.TraceId);
        Assert.Equal(activity.SpanId.ToHexString(), sent.SpanId);
        Assert.Null(sent.ParentSpanId);
    }

    [Theory]
    [InlineData(OperationOutcome.ToolError)]
    [InlineData(OperationOutcome.ClientError)]
    [InlineData(OperationOutcome.Cancelled)]
    [InlineData(OperationOutcome.InputRequired)]
    [InlineData(OperationOutcome.Success)]
    public void Outcome_that_is_not_the_servers_fault_is_no_event(OperationOutcome outcome)
    {
        OperationRecord record = _host.Open("tool", out int version);
        record.Fail(version, new ErrorClassification(ErrorType.Internal, outcome), new InvalidOperationException());

        Assert.Empty(_host.Sent());
        Assert.Equal(0, _host.Outbox.DroppedErrors);
    }

    [Fact]
    public void Call_that_its_caller_took_back_is_no_event()
    {
        using var caller = new CancellationTokenSource();
        OperationRecord record = _host.Open("tool", caller.Token, out int version);
        caller.Cancel();
        record.Fail(version, new OperationCanceledException());

        Assert.Empty(_host.Sent());
    }

    [Fact]
    public void Error_without_an_exception_is_a_message()
    {
        _host.Monitor.RecordError(ErrorType.Integration, "import");

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Null(sent.Exception);
        Assert.Equal("function import failed: integration", sent.Text);
        Assert.Equal(["function import", "integration", "function import failed: integration"], sent.Fingerprint);
    }

    [Fact]
    public void Exception_is_one_event_however_many_scopes_it_crosses_and_whatever_wraps_it()
    {
        var exception = new InvalidOperationException("no");
        OperationRecord record = _host.Open("tool", out int version);
        OperationScope outer = _host.Monitor.Begin(OperationType.Function, "outer");
        OperationScope inner = _host.Monitor.Begin(OperationType.Function, "inner");
        inner.Fail(exception);
        outer.Fail(new AggregateException(exception));
        record.Fail(version, new InvalidOperationException("wrapped", exception));
        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(exception));

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal("tool", sent.Tags["operation"]);
    }

    [Fact]
    public void Exception_that_is_kept_and_thrown_again_is_told_of_every_call_that_fails_by_it()
    {
        var kept = new InvalidOperationException("no");

        for (int i = 0; i < 12; i++)
        {
            _host.Fail("prices", kept);
        }

        _host.Fail("orders", kept);
        Assert.Equal(11, _host.Sent().Count);
        Assert.Single(_host.Sent(), sent => sent.Tags["operation"] == "orders");
    }

    [Fact]
    public void Exception_that_is_logged_in_each_call_that_throws_it_is_one_event_of_each()
    {
        var kept = new InvalidOperationException("no");
        ILogger logger = _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Prices");

        for (int i = 0; i < 3; i++)
        {
            OperationRecord record = _host.Open("prices", out int version);
            logger.LogError(kept, "It failed.");
            record.Fail(version, kept);
            OperationContext.Current = null;
        }

        Assert.Equal(3, _host.Sent().Count);
    }

    [Fact]
    public void Exception_that_code_has_sent_itself_is_not_sent_again()
    {
        var exception = new InvalidOperationException("no");
        OperationRecord record = _host.Open("tool", out int version);
        SentryId first = _host.Hub.CaptureException(exception, scope => scope.SetTag("step", "parse"));
        SentryId second = _host.Hub.CaptureException(exception);
        record.Fail(version, exception);

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Equal(first, sent.EventId);
        Assert.Equal(SentryId.Empty, second);
        Assert.Equal("parse", sent.Tags["step"]);
        Assert.Equal("tool", sent.Tags["mcp.tool.name"]);
        Assert.Equal("internal", sent.Tags["error_type"]);
        Assert.True(sent.IsHandled);
    }

    [Fact]
    public void Exception_that_ends_the_process_is_fatal_and_is_waited_for()
    {
        _host.Monitor.RecordUnhandled(UnhandledExceptions.Unhandled, new InvalidOperationException());

        SentryEvent sent = Assert.Single(_host.Outbox.Sent);
        Assert.Equal(SentryLevel.Fatal, sent.Level);
        Assert.False(sent.IsHandled);
        Assert.Equal("AppDomain.UnhandledException", sent.MechanismType);
        Assert.Equal(1, _host.Outbox.Flushes);
    }

    [Fact]
    public void Task_that_nobody_observed_is_not_waited_for()
    {
        _host.Monitor.RecordUnhandled(UnhandledExceptions.UnobservedTask, new AggregateException(new InvalidOperationException()));

        Assert.Equal(0, _host.Outbox.Flushes);
        Assert.Equal("UnobservedTaskException", Assert.Single(_host.Sent()).MechanismType);
    }

    [Theory]
    [InlineData("/health", false)]
    [InlineData("/api/healthz", false)]
    [InlineData("/live/scores", false)]
    [InlineData("/weather/{city}", true)]
    public void Route_that_says_whether_the_server_is_well_is_no_event(string route, bool isEvent)
    {
        _host.Monitor.Notify(new CountedError
        {
            Type = ErrorType.Internal,
            Outcome = OperationOutcome.ServerError,
            OperationType = "http",
            Operation = route,
            Exception = new InvalidOperationException(),
        });

        Assert.Equal(isEvent ? 1 : 0, _host.Sent().Count);
    }

    [Fact]
    public void Client_that_is_on_no_list_is_no_tag_and_only_named_in_the_context()
    {
        OperationRecord record = _host.Monitor.OpenRequest(
            _host.Host.Operation(OperationType.Tools, "tool"), new ToolCall(OperationLabels.Other), message: new object(), meta: null, CancellationToken.None, out int version);
        record.Fail(version, new InvalidOperationException());

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.DoesNotContain("mcp.client.name", sent.Tags.Keys, StringComparer.Ordinal);
        Assert.Equal("Claude Code 2.1", sent.Context("mcp")["client"]);
    }

    [Fact]
    public void Neither_arguments_nor_the_user_are_sent_by_default()
    {
        _host.Fail("tool", new InvalidOperationException());

        SentryEvent sent = Assert.Single(_host.Sent());
        Assert.Null(sent.UserId);
        Assert.Equal("mcp", Assert.Single(sent.Contexts.Keys, key => key != "trace"));
        Assert.DoesNotContain("Oslo", string.Join(' ', sent.Context("mcp").Values), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_and_the_user_are_sent_when_they_are_asked_for()
    {
        using var host = new SentryHost(options =>
        {
            options.RecordInputs = true;
            options.SendUser = true;
        });

        host.Fail("tool", new InvalidOperationException());

        SentryEvent sent = Assert.Single(host.Sent());
        Assert.Equal("u-1", sent.UserId);
        Assert.Equal([new("city", "\"Oslo\""), new("days", "3")], sent.Context("mcp_arguments"));
    }

    [Fact]
    public void Event_says_where_it_comes_from()
    {
        using var host = new SentryHost(options =>
        {
            options.Environment = "staging";
            options.Release = "weather@1.4.2";
            options.ServerName = "node-7";
        });

        host.Fail("tool", new InvalidOperationException());

        SentryEvent sent = Assert.Single(host.Sent());
        Assert.Equal(("staging", "weather@1.4.2", "node-7"), (sent.Environment, sent.Release, sent.ServerName));
    }
}

using System.Collections.Concurrent;
using Mcp.Monitoring.Errors.Sentry.Logging;
using Mcp.Monitoring.Errors.Sentry.Performance;
using Mcp.Monitoring.Errors.Sentry.Queue;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Queue;

/// <summary>An exception that is logged first and thrown then is read when it has frames; nothing waits for one that never is.</summary>
public sealed class LoggedBeforeThrownTests : IDisposable
{
    // Ends a test that would hang.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30), NeverInATest = TimeSpan.FromHours(1);

    private readonly TestHost _host = new();
    private readonly FakeSink _sink = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Exception_that_is_thrown_after_it_was_logged_is_sent_with_its_frames()
    {
        using ErrorQueue queue = Start();
        var exception = new InvalidOperationException("late");
        queue.TryEnqueue(Logged(exception));
        Assert.True(_sink.IsMade.Wait(Hang, TestContext.Current.CancellationToken));

        try
        {
            throw exception;
        }
        catch (InvalidOperationException)
        {
        }

        Assert.True(_sink.Sent.TryTake(out bool hasFrames, Hang));
        Assert.True(hasFrames);
    }

    [Fact]
    public void Flush_does_not_wait_for_an_exception_that_is_never_thrown()
    {
        using ErrorQueue queue = Start();
        queue.TryEnqueue(Logged(new InvalidOperationException("never")));

        Assert.True(queue.Flush(Hang));

        Assert.False(Assert.Single(_sink.Sent));
    }

    [Fact]
    public void Event_that_comes_behind_does_not_wait_for_it_either()
    {
        using ErrorQueue queue = Start();
        queue.TryEnqueue(Logged(new InvalidOperationException("never")));
        queue.TryEnqueue(new CapturedEvent(new SentryEvent()));

        Assert.True(_sink.Sent.TryTake(out _, Hang));
        Assert.True(_sink.Sent.TryTake(out _, Hang));
    }

    private static CapturedEvent Logged(Exception exception) => new(new SentryEvent(exception)) { IsLogged = true };

    private ErrorQueue Start() => new(
        _ =>
        {
            _sink.IsMade.Set();
            return _sink;
        },
        new DiscardCounts(_host.Registry),
        _host.Services.GetRequiredService<InternalErrors>(),
        TimeProvider.System,
        new QueueSettings { ThrowWithin = NeverInATest });

    private sealed class FakeSink : IErrorSink
    {
        public ManualResetEventSlim IsMade { get; } = new();

        /// <summary>Gets of each event whether its exception had frames.</summary>
        public BlockingCollection<bool> Sent { get; } = [];

        public bool IsIdle => true;

        public void Send(CapturedEvent captured) => Sent.Add(captured.Event.Exception?.StackTrace is not null);

        public void Send(FinishedTransaction transaction)
        {
        }

        public void Send(IReadOnlyList<LogItem> logs)
        {
        }

        public void Hurry()
        {
        }

        public void Flush(TimeSpan limit)
        {
        }

        public void Dispose() => IsMade.Dispose();
    }
}

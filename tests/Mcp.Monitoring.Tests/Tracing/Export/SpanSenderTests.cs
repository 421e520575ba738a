using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public sealed class SpanSenderTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly SpanQueueOptions Options = new() { Capacity = 100, BatchSize = 10, Jitter = () => 1 };

    private readonly TestHost _host = new();
    private readonly FakeReceiver _receiver;
    private readonly SpanRing _ring = new(Options.Capacity);
    private readonly SpanSender _sender;

    public SpanSenderTests()
    {
        _receiver = new FakeReceiver(_host);
        _sender = _receiver.Sender(_ring, Options);
    }

    private int Tries => _receiver.Batches.Count;

    public static TheoryData<HttpStatusCode> Retryable =>
        [HttpStatusCode.TooManyRequests, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    public static TheoryData<HttpStatusCode> Permanent =>
    [
        HttpStatusCode.Moved, HttpStatusCode.Redirect, HttpStatusCode.TemporaryRedirect, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden,
        HttpStatusCode.NotFound, HttpStatusCode.RequestTimeout, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.InternalServerError, HttpStatusCode.NotImplemented,
    ];

    public void Dispose()
    {
        _receiver.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void Few_spans_wait_for_others_until_the_interval_is_over()
    {
        Add(3);

        Assert.Equal(5 * Second, Work());
        Advance(4.999);
        Work();
        Assert.Equal(0, Tries);

        Advance(0.001);
        Assert.Equal(5 * Second, Work());
        Assert.Equal(["0", "1", "2"], Assert.Single(_receiver.Batches));
    }

    [Fact]
    public void Full_batches_are_sent_at_once_and_the_rest_waits()
    {
        Add(25);

        Work();

        Assert.Equal([10, 10], _receiver.Batches.Select(batch => batch.Length));
        Advance(5);
        Work();
        Assert.Equal([10, 10, 5], _receiver.Batches.Select(batch => batch.Length));
        Assert.Equal([.. Enumerable.Range(0, 25).Select(i => $"{i}")], (string[])[.. _receiver.Batches.SelectMany(batch => batch)]);
    }

    [Theory]
    [MemberData(nameof(Permanent))]
    public void Batch_that_is_refused_for_good_is_dropped_and_counted(HttpStatusCode status)
    {
        _receiver.Answer = _ => FakeReceiver.Status(status);
        Add(10);

        Work();
        Advance(120);
        Work();

        Assert.Equal(1, Tries);
        Assert.Equal(10, _receiver.DroppedFor("refused"));
        Assert.True(_sender.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Retryable))]
    public void Batch_that_is_not_taken_now_comes_again_when_the_receiver_said(HttpStatusCode status)
    {
        _receiver.Answer = _ => FakeReceiver.Status(status, retryAfterSeconds: 7);
        Add(10);

        Assert.Equal(7 * Second, Work());
        Advance(6.999);
        Work();
        Assert.Equal(1, Tries);

        _receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.OK);
        Advance(0.001);
        Work();

        Assert.Equal(2, Tries);
        Assert.Equal(_receiver.Batches[0], _receiver.Batches[1]);
        Assert.True(_sender.IsEmpty);
        NothingIsDropped();
    }

    [Fact]
    public void Other_batches_wait_too_for_as_long_as_the_receiver_said()
    {
        _receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.TooManyRequests, retryAfterSeconds: 90);
        Add(10);
        Work();
        _receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.OK);
        Add(10);

        Advance(60);
        Assert.Equal(30 * Second, Work());
        Assert.Equal(10, _receiver.DroppedFor("expired"));
        Assert.Equal(1, Tries);

        Advance(30);
        Work();
        Assert.Equal(2, Tries);
    }

    [Fact]
    public void Receiver_that_is_down_is_tried_more_and_more_rarely()
    {
        _receiver.Answer = _ => throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));
        Add(10);

        TimeSpan[] waits = [.. Enumerable.Range(0, 6).Select(_ =>
        {
            TimeSpan wait = Work();
            _host.Clock.Advance(wait);
            return wait;
        })];

        Assert.Equal([Second, 2 * Second, 4 * Second, 8 * Second, 15 * Second, 15 * Second], waits);
    }

    [Fact]
    public void Batch_is_kept_for_a_minute_and_no_longer()
    {
        _receiver.Answer = _ => throw new HttpRequestException("refused");
        Add(10);
        Work();
        for (int i = 0; i < 599; i++)
        {
            Advance(0.1);
            Work();
        }

        Assert.False(_sender.IsEmpty);
        Assert.Equal(0, _receiver.DroppedFor("expired"));

        Advance(0.1);
        Work();
        Assert.True(_sender.IsEmpty);
        Assert.Equal(10, _receiver.DroppedFor("expired"));
    }

    [Fact]
    public void Receiver_that_comes_back_gets_everything_and_at_the_usual_pace()
    {
        _receiver.Answer = _ => throw new HttpRequestException("refused");
        Add(35);
        for (int i = 0; i < 10; i++)
        {
            Work();
            Advance(1);
        }

        int tries = Tries;
        _receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.OK);
        Advance(15);
        Work();
        Advance(5);
        Work();

        Assert.Equal([.. Enumerable.Range(0, 35).Select(i => $"{i}")], (string[])[.. _receiver.Batches.Skip(tries).SelectMany(batch => batch)]);
        NothingIsDropped();
    }

    [Fact]
    public void What_a_receiver_left_out_of_a_batch_is_counted()
    {
        _receiver.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x0A, 0x02, 0x08, 0x03]) };
        Add(10);

        Work();

        Assert.Equal(3, _receiver.DroppedFor("rejected"));
        Assert.Equal(1, Tries);
    }

    [Fact]
    public void Receiver_that_rejects_more_than_it_got_is_not_believed()
    {
        _receiver.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x0A, 0x04, 0x08, 0xFF, 0xFF, 0x7F]) };
        Add(10);

        Work();

        Assert.Equal(10, _receiver.DroppedFor("rejected"));
    }

    [Fact]
    public void Batch_that_cannot_be_written_is_dropped_and_the_failure_counted()
    {
        _receiver.Broken = new InvalidOperationException("broken");
        Add(10);

        Work();

        Assert.Equal(10, _receiver.DroppedFor("failed"));
        Assert.Equal(1, _host.Sample("mcp_monitoring_errors_total", ("component", "tracing")));
    }

    [Fact]
    public void What_is_left_at_the_end_is_counted()
    {
        _receiver.Answer = _ => throw new HttpRequestException("refused");
        Add(25);
        Work();

        _sender.DropRest();

        Assert.Equal(25, _receiver.DroppedFor("shutdown"));
        Assert.True(_sender.IsEmpty);
    }

    [Fact]
    public void Every_reason_is_there_from_the_start()
    {
        Assert.All(Enum.GetValues<DropReason>(), reason => Assert.Equal(0, _receiver.DroppedFor(DroppedSpans.Label(reason))));
        Assert.Equal(Enum.GetValues<DropReason>().Length, Enum.GetValues<DropReason>().Select(DroppedSpans.Label).Distinct(StringComparer.Ordinal).Count());
    }

    private void NothingIsDropped() => Assert.Equal(0, _host.Sum("mcp_monitoring_dropped_total", ("component", "otel_traces")));

    private TimeSpan Work() => _sender.Work(everything: false);

    private void Advance(double seconds) => _host.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private void Add(int spans)
    {
        for (int i = 0; i < spans; i++)
        {
            Assert.True(_ring.TryAdd(FakeReceiver.Span($"{i}")));
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mcp.Monitoring.Tracing.Export;
using OpenTelemetry;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>What becomes of a batch, by the real exporters, in time that passes at once.</summary>
public sealed class DeliveryTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TestHost _host = new();

    public static TheoryData<string> Ways => [.. FakeReceiver.Ways];

    public static TheoryData<string, int> WaysAndWaits
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string way in FakeReceiver.Ways)
            {
                data.Add(way, 1);
                data.Add(way, 15);
            }

            return data;
        }
    }

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void Batch_that_is_taken_is_sent_once(string way)
    {
        using var receiver = new FakeReceiver(_host, way);

        Assert.Equal(ExportResult.Success, Export(receiver));

        Assert.Single(receiver.Bodies);
        Assert.Equal(0, receiver.Dropped);
    }

    [Theory]
    [MemberData(nameof(WaysAndWaits))]
    public void Batch_that_is_not_taken_now_comes_again_when_the_receiver_said(string way, int seconds)
    {
        int refusals = 3;
        using var receiver = new FakeReceiver(_host, way);
        receiver.Answer = _ => refusals-- > 0 ? FakeReceiver.Status(HttpStatusCode.ServiceUnavailable, seconds) : receiver.Taken();

        Assert.Equal(ExportResult.Success, Export(receiver));

        Assert.Equal([.. Enumerable.Repeat(seconds * Second, 3)], receiver.Waits);
        Assert.Equal(4, receiver.Bodies.Count);
        Assert.NotEmpty(receiver.Bodies[0]);
        Assert.All(receiver.Bodies, body => Assert.Equal(receiver.Bodies[0], body));
        Assert.Equal(0, receiver.Dropped);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Receiver_that_is_down_for_45_seconds_loses_nothing(string way)
    {
        using var receiver = new FakeReceiver(_host, way, limits: new DeliveryLimits());
        DownFor(receiver, 45 * Second);

        for (int batch = 0; batch < 5; batch++)
        {
            Assert.Equal(ExportResult.Success, Export(receiver));
        }

        Assert.Equal(0, receiver.Dropped);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Receiver_that_is_down_for_90_seconds_costs_what_is_older_than_a_minute_and_that_is_counted(string way)
    {
        using var receiver = new FakeReceiver(_host, way, limits: new DeliveryLimits());
        DownFor(receiver, 90 * Second);

        int delivered = Enumerable.Range(0, 5).Sum(_ => Export(receiver) == ExportResult.Success ? 10 : 0);

        Assert.Equal((10, 40), (receiver.DroppedFor("expired"), delivered));
        Assert.Equal(50, delivered + receiver.Dropped);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Batch_is_tried_a_last_time_when_its_minute_is_over(string way)
    {
        using var receiver = new FakeReceiver(_host, way);
        receiver.Answer = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));

        Assert.Equal(ExportResult.Failure, Export(receiver));

        Assert.Equal([Second, 2 * Second, 4 * Second, 8 * Second, 15 * Second, 15 * Second, 15 * Second], receiver.Waits);
        Assert.Equal(10, receiver.DroppedFor("expired"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Receiver_is_left_alone_for_as_long_as_it_asks_by_the_next_batch_too(string way)
    {
        using var receiver = new FakeReceiver(_host, way);
        receiver.Answer = _ => FakeReceiver.Status(HttpStatusCode.TooManyRequests, retryAfterSeconds: 90);
        Export(receiver);
        receiver.Answer = null;

        Assert.Equal(ExportResult.Success, Export(receiver));

        Assert.Equal([60 * Second, 30 * Second], receiver.Waits);
        Assert.Equal((2, 10), (receiver.Bodies.Count, receiver.DroppedFor("expired")));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Batch_that_is_refused_for_good_is_counted_and_not_sent_again(string way)
    {
        using var receiver = new FakeReceiver(_host, way) { Answer = _ => FakeReceiver.Status(HttpStatusCode.BadRequest) };

        Assert.Equal(ExportResult.Failure, Export(receiver));

        Assert.Equal((1, 10), (receiver.Bodies.Count, receiver.DroppedFor("refused")));
    }

    [Fact]
    public void What_a_receiver_left_out_of_a_batch_is_counted_and_no_more_than_it_got()
    {
        using var receiver = new FakeReceiver(_host);
        receiver.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x0A, 0x02, 0x08, 0x03]) };
        Export(receiver);
        Assert.Equal(3, receiver.DroppedFor("rejected"));

        receiver.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x0A, 0x04, 0x08, 0xFF, 0xFF, 0x7F]) };
        Export(receiver);
        Assert.Equal(13, receiver.DroppedFor("rejected"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Batch_that_cannot_be_sent_at_all_is_counted(string way)
    {
        using var receiver = new FakeReceiver(_host, way) { Answer = _ => throw new InvalidOperationException("broken") };

        Assert.Equal(ExportResult.Failure, Export(receiver));

        Assert.Equal(10, receiver.DroppedFor("failed"));
    }

    [Fact]
    public void End_of_the_host_does_not_wait_for_a_try_that_would_come_too_late()
    {
        using var receiver = new FakeReceiver(_host) { Answer = _ => FakeReceiver.Status(HttpStatusCode.ServiceUnavailable, retryAfterSeconds: 6) };
        receiver.Receiver.Delivery.CloseWithin(5 * Second);

        Export(receiver);

        Assert.Empty(receiver.Waits);
        Assert.Equal(10, receiver.DroppedFor("shutdown"));
    }

    [Fact]
    public void Body_of_an_answer_without_an_end_is_cut()
    {
        using var receiver = new FakeReceiver(_host) { Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) } };

        Assert.Equal(ExportResult.Success, Export(receiver));
    }

    [Fact]
    public void Every_reason_is_there_from_the_start()
    {
        using var receiver = new FakeReceiver(_host);

        Assert.All(Enum.GetValues<DropReason>(), reason => Assert.Equal(0, receiver.DroppedFor(DroppedSpans.Label(reason))));
        Assert.Equal(Enum.GetValues<DropReason>().Length, Enum.GetValues<DropReason>().Select(DroppedSpans.Label).Distinct(StringComparer.Ordinal).Count());
    }

    private static ExportResult Export(FakeReceiver receiver)
    {
        Activity[] spans = [.. Enumerable.Range(0, 10).Select(i => FakeReceiver.Span($"{i}"))];
        return receiver.Exporter.Export(new Batch<Activity>(spans, spans.Length));
    }

    private void DownFor(FakeReceiver receiver, TimeSpan time)
    {
        DateTimeOffset until = _host.Clock.GetUtcNow() + time;
        receiver.Answer = _ => _host.Clock.GetUtcNow() >= until ? receiver.Taken() : throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
    }

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => Fill(buffer);

        public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

        private static int Fill(Span<byte> buffer)
        {
            buffer.Fill(0x0A);
            return buffer.Length;
        }
    }
}

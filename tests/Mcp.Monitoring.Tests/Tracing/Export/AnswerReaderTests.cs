using System.Net;
using Mcp.Monitoring.Tracing.Export;

namespace Mcp.Monitoring.Tests.Tracing.Export;

public sealed class AnswerReaderTests : IDisposable
{
    private readonly TestHost _host = new();
    private readonly FakeReceiver _network;
    private readonly HttpClient _http;
    private readonly AnswerReader _reader;

    public AnswerReaderTests()
    {
        _network = new FakeReceiver(_host);
        _reader = new AnswerReader(_network, HttpAnswers.Otlp, _host.Clock);
        _http = new HttpClient(_reader);
    }

    public static TheoryData<bool> Ways => [true, false];

    public void Dispose()
    {
        _http.Dispose();
        _host.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Body_is_there_for_the_exporter_too(bool isAsync)
    {
        _network.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x0A, 0x02, 0x08, 0x03]) };

        using HttpResponseMessage answer = await SendAsync(isAsync);

        Assert.Equal([0x0A, 0x02, 0x08, 0x03], await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(3, _reader.Last(isExported: false).Rejected);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Body_without_an_end_is_cut(bool isAsync)
    {
        _network.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StreamContent(new Endless()) };

        using HttpResponseMessage answer = await SendAsync(isAsync);

        Assert.Equal(AnswerReader.LongestBody, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
        Assert.Equal(AnswerKind.Later, _reader.Last(isExported: false).Kind);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Network_that_fails_is_worth_another_try(bool isAsync)
    {
        _network.Answer = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "hunter2");

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(isAsync));

        Assert.Equal(new Answer(AnswerKind.Later, "ConnectionError"), _reader.Last(isExported: false));
    }

    [Fact]
    public async Task Request_that_was_given_up_is_worth_another_try()
    {
        _network.Answer = cancelled =>
        {
            _reader.GiveUp();
            cancelled.ThrowIfCancellationRequested();
            return FakeReceiver.Status(HttpStatusCode.OK);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(isAsync: true));

        Assert.Equal(new Answer(AnswerKind.Later, "timeout"), _reader.Last(isExported: false));
    }

    [Fact]
    public async Task Answer_is_that_of_the_last_batch()
    {
        _network.Answer = _ => FakeReceiver.Status(HttpStatusCode.BadRequest);
        using HttpResponseMessage answer = await SendAsync(isAsync: false);
        Assert.Equal(AnswerKind.Refused, _reader.Last(isExported: true).Kind);

        _reader.Forget();

        Assert.Equal(AnswerKind.Delivered, _reader.Last(isExported: true).Kind);
        Assert.Equal(AnswerKind.Failed, _reader.Last(isExported: false).Kind);
    }

    private async Task<HttpResponseMessage> SendAsync(bool isAsync)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1/v1/traces") { Content = new ByteArrayContent([]) };
        return isAsync ? await _http.SendAsync(request, TestContext.Current.CancellationToken) : _http.Send(request, TestContext.Current.CancellationToken);
    }

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => Fill(buffer);

        public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Fill(buffer.Span));

        private static int Fill(Span<byte> buffer)
        {
            buffer.Fill(0x0A);
            return buffer.Length;
        }
    }
}

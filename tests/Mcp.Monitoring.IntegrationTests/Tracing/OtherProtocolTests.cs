using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.IntegrationTests.Tracing;

/// <summary>A real receiver that is spoken to as one of the other kind.</summary>
public sealed class OtherProtocolTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("http/protobuf", "otel.otlp_protocol: grpc ")]
    [InlineData("grpc", "otel.otlp_protocol: http/protobuf ")]
    public async Task First_refusal_says_what_to_write(string protocol, string remedy)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync();
        var log = new FirstWarning();
        var options = new OtelOptions { OtlpEndpoint = $"http://127.0.0.1:{(protocol == "grpc" ? sink.HttpPort : sink.GrpcPort)}", OtlpProtocol = protocol };
        using var sender = new Sender(options, log);

        sender.Emit("work");

        Assert.Contains(remedy, await log.Said.WaitAsync(Limit, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http/protobuf", "OTLP/HTTP")]
    [InlineData("grpc", "OTLP/gRPC")]
    public async Task Receiver_that_expects_TLS_is_thought_of(string protocol, string way)
    {
        using var own = new SelfSigned();
        await using CountingReceiver receiver = await CountingReceiver.StartAsync(way, certificate: own.Certificate);
        var log = new FirstWarning();
        using var sender = new Sender(new OtelOptions { OtlpEndpoint = receiver.Address.Replace("https", "http", StringComparison.Ordinal), OtlpProtocol = protocol }, log);

        sender.Emit("work");

        string said = await log.Said.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Contains(" or TLS (", said, StringComparison.Ordinal);
        Assert.Contains("; for TLS write https in the address", said, StringComparison.Ordinal);
    }

    private sealed class FirstWarning : ILogger<Receivers>
    {
        private readonly TaskCompletionSource<string> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Said => _said.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _said.TrySetResult(formatter(state, exception));
    }
}

using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Mcp.Monitoring.Tests.Instrumentation.Logging;

/// <summary>What the console of .NET writes as JSON.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public void Line_of_JSON_has_the_ids()
    {
        using var console = new Lines();
        using var host = new TestHost(add: services => services
            .AddLogging(logging => logging.AddJsonConsole(options => options.IncludeScopes = true).ClearProviders())
            .AddSingleton<ILoggerProvider>(console));
        console.Formatter = host.Services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == ConsoleFormatterNames.Json);
        string id;

        using (host.Monitor.Begin(OperationType.Function, "load"))
        {
            id = host.Monitor.CorrelationId!;
            ScopeRecords.Write(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Weather"), "inside");
        }

        using JsonDocument line = JsonDocument.Parse(console.Text.ToString());
        JsonElement scope = Assert.Single(line.RootElement.GetProperty("Scopes").EnumerateArray());
        Assert.Equal((id, "load"), (scope.GetProperty("CorrelationId").GetString(), scope.GetProperty("Operation").GetString()));
    }

    /// <summary>The console, without one.</summary>
    private sealed class Lines : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider? _scopes;

        public ConsoleFormatter? Formatter { get; set; }

        public StringWriter Text { get; } = new();

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var entry = new LogEntry<TState>(logLevel, "Weather", eventId, state, exception, formatter);
            Formatter!.Write(entry, _scopes, Text);
        }

        public void Dispose() => Text.Dispose();
    }
}

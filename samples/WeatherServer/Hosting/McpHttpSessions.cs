using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace WeatherServer.Hosting;

/// <summary>The open sessions of one endpoint, and what becomes of them and of running requests when the server stops. Any thread.</summary>
internal sealed class McpHttpSessions : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, McpHttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _abort = new();
    private readonly IServiceProvider _services;
    private readonly McpHttpOptions _options;

    public McpHttpSessions(IServiceProvider services, McpHttpOptions options)
    {
        _services = services;
        _options = options;
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        Stopping = lifetime.ApplicationStopping;
        Stopping.Register(() => _abort.CancelAfter(options.StopGrace));

        // Waits, because the host waits for this callback and then exits; by now every request has ended.
        lifetime.ApplicationStopped.Register(() => DisposeAsync().AsTask().Wait(options.StopGrace));
    }

    /// <summary>Gets the token that ends event streams: nothing more will come.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Gets the token that ends calls in progress, a moment after <see cref="Stopping"/>.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <returns>The id of a new session.</returns>
    public async Task<string> OpenAsync()
    {
        // Sessions become many only by being opened, so this is the time to look for those that clients forgot.
        await CloseIdleAsync();
        string id = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        _sessions[id] = McpHttpSession.ForMany(id, _services);
        return id;
    }

    public bool TryEnter(string id, [NotNullWhen(true)] out McpHttpSession? session) => _sessions.TryGetValue(id, out session) && session.TryEnter();

    public async Task CloseAsync(string id)
    {
        if (_sessions.TryRemove(id, out var session))
        {
            await session.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_sessions.Keys.Select(CloseAsync));
        _abort.Dispose();
    }

    private async Task CloseIdleAsync()
    {
        foreach (var (id, session) in _sessions)
        {
            if (session.TryCloseIdle(_options.IdleTimeout))
            {
                await CloseAsync(id);
            }
        }
    }
}

using Mcp.Monitoring.Alerting.Channels.Transport;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests.Abstractions;

namespace Mcp.Monitoring.Alerting.Channels.Telegram;

/// <summary>The Bot API with one token, at one address. The transport has the answer when it returns, so nothing of a call runs on another thread than the caller's.</summary>
internal sealed class BotApi : IDisposable
{
    // A press brings the message with it, and the one that it replies to.
    private const int MostRead = 256 * 1024;

    // The client announces the address of each request to whoever listens: the token stands in it only below the client.
    private const string Hidden = "1:hidden";

    private readonly string _token;
    private readonly string _baseUrl;
    private readonly string? _proxyUrl;
    private readonly HttpTransport _transport;
    private readonly HttpClient _http;
    private readonly TelegramBotClient _client;

    /// <param name="options">The settings; valid ones.</param>
    /// <param name="isPoolStarved">Whether a call that begins now could not wait for the pool.</param>
    public BotApi(TelegramChannelOptions options, Func<bool> isPoolStarved)
    {
        (_token, _baseUrl, _proxyUrl) = Address(options);
        _transport = new HttpTransport(_proxyUrl);
        _http = new HttpClient(new TokenHandler(_token, _transport.HandlerFor(isPoolStarved, MostRead))) { Timeout = Timeout.InfiniteTimeSpan };

        // Whether and when to try again is the outbox's to say; the library would sleep in the call.
        _client = new TelegramBotClient(new TelegramBotClientOptions(Hidden, _baseUrl) { RetryCount = 0, RetryThreshold = 0 }, _http);
    }

    /// <summary>Finds out whether the settings are still those that this was made with.</summary>
    public bool IsOf(TelegramChannelOptions options) => Address(options) == (_token, _baseUrl, _proxyUrl);

    /// <summary>Calls; it comes back with the answer, or when the token says so.</summary>
    /// <exception cref="RequestException">It was refused, or no answer came.</exception>
    public T Call<T>(IRequest<T> request, CancellationToken cancellationToken)
    {
        try
        {
            return _client.SendRequest(request, cancellationToken).GetAwaiter().GetResult();
        }
        catch (ApiRequestException answer) when (_token[(_token.IndexOf(':', StringComparison.Ordinal) + 1)..] is { Length: > 0 } secret && answer.Message.Contains(secret, StringComparison.OrdinalIgnoreCase))
        {
            // A server that is not Telegram's may say again what it was asked.
#pragma warning disable MA0054 // It would be kept whole inside.
            throw new ApiRequestException(answer.Message.Replace(secret, "***", StringComparison.OrdinalIgnoreCase), answer.ErrorCode, answer.Parameters!);
#pragma warning restore MA0054
        }
    }

    /// <summary>Closes its connections; a call that still hangs on one ends.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _transport.Dispose();
    }

    private static (string Token, string BaseUrl, string? ProxyUrl) Address(TelegramChannelOptions options) =>
        (options.BotToken ?? "", options.BaseUrl ?? TelegramChannelOptions.DefaultBaseUrl, options.ProxyUrl);

    private sealed class TokenHandler(string token, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Uri shown = request.RequestUri!;
            request.RequestUri = new Uri(shown.AbsoluteUri.Replace($"/bot{Hidden}/", $"/bot{token}/", StringComparison.Ordinal));
            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                request.RequestUri = shown;
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.Channels.Telegram;

/// <summary>One call of the Bot API, as it came.</summary>
internal sealed record BotCall(string Token, string Method, JsonElement Body)
{
    public string? Text(string name) => Body.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    public bool Has(string name) => Body.TryGetProperty(name, out _);

    /// <summary>Gets the buttons below a message, with what they do.</summary>
    public IReadOnlyList<(string Text, string? Url, string? Code)> Buttons => Body.TryGetProperty("reply_markup", out JsonElement markup)
        ? [.. markup.GetProperty("inline_keyboard").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(button => (button.GetProperty("text").GetString()!, Of(button, "url"), Of(button, "callback_data")))]
        : [];

    private static string? Of(JsonElement button, string name) => button.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

/// <summary>A Bot API server on the loopback address. It answers as Telegram does where nothing goes wrong; a test says what does. It needs no thread of the pool.</summary>
#pragma warning disable CA1001, CA2213 // See Dispose.
internal sealed class BotServer : IDisposable
#pragma warning restore CA1001, CA2213
{
    public const string Token = "123456:SECRETTOKENSECRETTOKENSECRETTOKEN1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TinyServer _server;
    private readonly SortedList<int, string> _updates = [];
    private readonly ConcurrentQueue<BotCall> _calls = new();
    private readonly ConcurrentQueue<BotCall> _answered = new();
    private readonly CancellationTokenSource _stop = new();
    private int _messages = 100;
    private int _pressed = 10;

    public BotServer() => _server = new TinyServer(Serve);

    /// <summary>Gets or sets what is answered in the place of the usual answer: a whole response, empty for none, <see langword="null"/> for the usual one.</summary>
    public Func<BotCall, string?> Answer { get; set; } = static _ => null;

    public string Url => $"http://127.0.0.1:{_server.Port}";

    public IEnumerable<BotCall> Of(string method) => _calls.Where(call => string.Equals(call.Method, method, StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets each message that was sent, also one that a test had refused.</summary>
    public IEnumerable<BotCall> Messages => Of("sendMessage");

    /// <summary>Gets the messages that it has taken.</summary>
    public IEnumerable<BotCall> Taken => _answered.Where(static call => string.Equals(call.Method, "sendMessage", StringComparison.OrdinalIgnoreCase));

    public static string Refuse(int code, string description, string parameters = "") => Response(
        code, "application/json", $$"""{"ok":false,"error_code":{{code}},"description":{{JsonSerializer.Serialize(description)}}{{(parameters.Length > 0 ? $",\"parameters\":{{{parameters}}}" : "")}}}""");

    public static string Response(int status, string type, string body) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>Somebody presses a button of a message.</summary>
    public void Press(string? code, long user = 777, string chat = "-1001234", string name = "anna", string text = "x")
    {
        int id = Interlocked.Increment(ref _pressed);
        string update = string.Create(CultureInfo.InvariantCulture, $$$$$"""
            {"update_id":{{{{{id}}}}},"callback_query":{"id":"press{{{{{id}}}}}","from":{"id":{{{{{user}}}}},"is_bot":false,"first_name":"Anna","username":"{{{{{name}}}}}"},"chat_instance":"1","data":{{{{{JsonSerializer.Serialize(code)}}}}},
            "message":{"message_id":5,"date":1700000000,"chat":{"id":{{{{{chat}}}}},"type":"supergroup","title":"ops"},"text":{{{{{JsonSerializer.Serialize(text)}}}}},
            "reply_markup":{"inline_keyboard":[[{"text":"Page","url":"https://page.example.com/"}],[{"text":"Acknowledge","callback_data":"x"}]]}}}}
            """);
        lock (_updates)
        {
            _updates.Add(id, update);
            Monitor.PulseAll(_updates);
        }
    }

    /// <summary>Waits for the so manieth call of a method.</summary>
    public BotCall Wait(string method, int number = 1, TimeSpan? limit = null) =>
        SpinWait.SpinUntil(() => Of(method).Count() >= number, limit ?? Patience)
            ? Of(method).ElementAt(number - 1)
            : throw new TimeoutException($"{method} was called {Of(method).Count()} times instead of {number}: {string.Join(' ', _calls.Select(call => call.Method))}");

    // Nothing that threads may still wait on is disposed of; it may be done twice.
    public void Dispose()
    {
        _stop.Cancel();
        lock (_updates)
        {
            Monitor.PulseAll(_updates);
        }

        _server.Dispose();
    }

    private void Serve(Stream stream)
    {
        string request = TinyServer.ReadRequest(stream);
        if (request.Length == 0)
        {
            return;
        }

        string[] path = request.Split(' ', 3)[1].Split('/');
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        BotCall call = new(path[1]["bot".Length..], path[2], JsonSerializer.Deserialize<JsonElement>(end < request.Length ? request[end..] : "{}"));
        _calls.Enqueue(call);
        string? answer = Answer(call);
        if (answer is null)
        {
            answer = Usual(call);
            _answered.Enqueue(call);
        }

        stream.Write(Encoding.UTF8.GetBytes(answer));
    }

    private string Usual(BotCall call)
    {
        string? result = call switch
        {
            { Token: not Token } => null,
#pragma warning disable CA1308 // As the library may write them, and as Telegram takes them.
            _ => call.Method.ToLowerInvariant() switch
#pragma warning restore CA1308
            {
                "getme" => """{"id":123456,"is_bot":true,"first_name":"alerts","username":"alerts_bot"}""",
                "getchat" => """{"id":-1001234,"type":"supergroup","title":"ops","accent_color_id":1,"max_reaction_count":1,"accepted_gift_types":{"unlimited_gifts":false,"limited_gifts":false,"unique_gifts":false,"premium_subscription":false,"gifts_from_channels":false}}""",
                "answercallbackquery" => "true",
                "getupdates" => $"[{Next(call)}]",
                "sendmessage" or "editmessagetext" or "editmessagereplymarkup" => string.Create(
                    CultureInfo.InvariantCulture, $$$"""{"message_id":{{{Interlocked.Increment(ref _messages)}}},"date":1700000000,"chat":{"id":-1001234,"type":"supergroup","title":"ops"},"text":"x"}"""),
                _ => "{}",
            },
        };
        return result is null ? Refuse(401, "Unauthorized") : Response(200, "application/json", $$"""{"ok":true,"result":{{result}}}""");
    }

    // As Telegram does it: an update comes again until an offset beyond it says that it was read, since the answer to a poll may be lost.
    private string Next(BotCall call)
    {
        int offset = int.Parse(call.Text("offset") ?? "0", CultureInfo.InvariantCulture);
        var limit = TimeSpan.FromSeconds(int.Parse(call.Text("timeout") ?? "0", CultureInfo.InvariantCulture));
        var waited = Stopwatch.StartNew();
        lock (_updates)
        {
            while (_updates.Count > 0 && _updates.GetKeyAtIndex(0) < offset)
            {
                _updates.RemoveAt(0);
            }

            while (_updates.Count == 0 && !_stop.IsCancellationRequested && limit > waited.Elapsed)
            {
                Monitor.Wait(_updates, limit - waited.Elapsed);
            }

            return _updates.Count > 0 ? _updates.GetValueAtIndex(0) : "";
        }
    }
}

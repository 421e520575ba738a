using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Instrumentation.Http;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>Counts requests by client and revision, and keeps what the protocol says of a request once for all requests alike.</summary>
internal sealed class ClientRequests
{
    private static readonly string[] Versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];
    private static readonly FrozenDictionary<string, int> VersionIndex =
        Versions.Select((version, i) => KeyValuePair.Create(version, i)).ToFrozenDictionary(StringComparer.Ordinal);

    private readonly CounterFamily _requests;
    private readonly IHttpContextAccessor? _http;
    private readonly string[] _names;
    private readonly FrozenDictionary<string, int> _nameIndex;
    private readonly Cell?[] _cells;
    private readonly bool _isResumable;

    public ClientRequests(MetricsRegistry registry, ClientOptions options, IHttpContextAccessor? http, bool isResumable)
    {
        _isResumable = isResumable;
        _requests = registry.Counter(MetricNames.RequestsByClient);
        _http = http;
        _names = [.. options.Names.Distinct(StringComparer.OrdinalIgnoreCase)];
        _nameIndex = _names.Select((name, i) => KeyValuePair.Create(name, i)).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _cells = new Cell?[(_names.Length + 1) * (Versions.Length + 1)];
    }

    /// <summary>Finds what the protocol says of this request.</summary>
    public ProtocolCall CallOf(MessageContext context, ProtocolMethod method)
    {
        McpServer server = context.Server;
        JsonObject? hello = context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject initialize } ? initialize : null;
        return CallOf(
            server.ClientInfo?.Name ?? Text((hello?["clientInfo"] as JsonObject)?["name"]),
            context.JsonRpcMessage.Context?.ProtocolVersion ?? server.NegotiatedProtocolVersion ?? Text(hello?["protocolVersion"]),
            method,
            SessionKinds.Of(context.JsonRpcMessage.Context, server));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public ProtocolCall CallOf(string? client, string? revision, ProtocolMethod method, SessionKind session)
    {
        int version = revision is not null && VersionIndex.TryGetValue(revision, out int known) ? known : Versions.Length;
        int index = (NameIndex(client) * (Versions.Length + 1)) + version;
        return (_cells[index] ?? Create(index)).Call(method, session);
    }

    private int NameIndex(string? name)
    {
        if (name is not null)
        {
            return _nameIndex.GetValueOrDefault(name, _names.Length);
        }

        // Before revision 2026-07-28 a stateless server sees clientInfo in the initialize request only; the product in User-Agent is often the same name.
        string? agent = HttpRequestTracker.Current?.UserAgent ?? _http?.HttpContext?.Request.Headers.UserAgent;
        int end = agent.AsSpan().IndexOfAny('/', ' ');
        return agent is not null
            && _nameIndex.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end < 0 ? agent : agent.AsSpan(0, end), out int index)
            ? index
            : _names.Length;
    }

    private Cell Create(int index)
    {
        (int name, int version) = Math.DivRem(index, Versions.Length + 1);
        var cell = new Cell(
            _requests,
            name < _names.Length ? _names[name] : OperationLabels.Other,
            version < Versions.Length ? Versions[version] : OperationLabels.Other,
            _isResumable);
        return Interlocked.CompareExchange(ref _cells[index], cell, null) ?? cell;
    }

    /// <summary>The requests of one client in one revision.</summary>
    private sealed class Cell
    {
        private readonly string _client;
        private readonly string _version;
        private readonly bool _isResumable;
        private readonly StripedCells _counts = new(OperationLabels.Outcomes.Count);
        private readonly ProtocolCall?[] _calls = new ProtocolCall?[ProtocolMethod.Count * SessionKinds.Count];

        public Cell(CounterFamily requests, string client, string version, bool isResumable)
        {
            _client = client;
            _version = version;
            _isResumable = isResumable;
            foreach (OperationOutcome outcome in OperationLabels.Outcomes)
            {
                requests.With(client, version, outcome.Label()).AddSource(() => _counts.Sum((int)outcome));
            }
        }

        public ProtocolCall Call(ProtocolMethod method, SessionKind session)
        {
            ref ProtocolCall? call = ref _calls[(method.Index * SessionKinds.Count) + (int)session];
            return call ??= new ClientCall(_counts)
            {
                Method = method.Name,
                ProtocolVersion = _version,
                Client = _client,
                Transport = session == SessionKind.Stdio ? "pipe" : "tcp",
                Session = session.Label(),
                IsOverHttp = session != SessionKind.Stdio,
                IsResumable = _isResumable && session == SessionKind.Stateful,
            };
        }
    }

    private sealed class ClientCall(StripedCells counts) : ProtocolCall
    {
        public override RequestDetails DetailsOf(object message) => new MessageDetails((MessageContext)message);

        public override void Count(OperationOutcome outcome) => Interlocked.Increment(ref Unsafe.Add(ref counts.Own(), (int)outcome));
    }
}

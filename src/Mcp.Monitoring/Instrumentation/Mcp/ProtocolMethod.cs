using System.Collections.Frozen;
using Mcp.Monitoring.Operations;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>A method of the protocol that we know by name; every other is <see cref="Unknown"/>.</summary>
internal sealed record ProtocolMethod(string Name, int Index, OperationType Type, bool HasRequestFilter, bool IsStream)
{
    private static readonly (string Name, OperationType Type)[] WithRequestFilter =
    [
        (RequestMethods.ToolsCall, OperationType.Tools),
        (RequestMethods.ResourcesRead, OperationType.Resources),
        (RequestMethods.PromptsGet, OperationType.Prompts),
        (RequestMethods.CompletionComplete, OperationType.Completion),
    ];

    private static readonly string[] Others =
    [
        RequestMethods.Initialize, RequestMethods.ServerDiscover, RequestMethods.Ping,
        RequestMethods.ToolsList, RequestMethods.PromptsList, RequestMethods.ResourcesList, RequestMethods.ResourcesTemplatesList,
        RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe, RequestMethods.SubscriptionsListen,
        // Deprecated in revision 2026-07-28 and served for older clients.
        "logging/setLevel",
        // The tasks extension (SEP-2663) and, before it, the tasks of revision 2025-11-25.
        "tasks/get", "tasks/update", "tasks/cancel", "tasks/list", "tasks/result",
    ];

    public static IReadOnlyList<ProtocolMethod> All { get; } =
    [
        .. WithRequestFilter.Select((method, i) => new ProtocolMethod(method.Name, i, method.Type, HasRequestFilter: true, IsStream: false)),
        .. Others.Select((name, i) => new ProtocolMethod(
            name, WithRequestFilter.Length + i, OperationType.Protocol, HasRequestFilter: false, name == RequestMethods.SubscriptionsListen)),
    ];

    public static ProtocolMethod Unknown { get; } =
        new(OperationLabels.Unknown, All.Count, OperationType.Protocol, HasRequestFilter: false, IsStream: false);

    public static int Count => All.Count + 1;

    private static readonly FrozenDictionary<string, ProtocolMethod> ByName = All.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);

    public static ProtocolMethod ToolsCall { get; } = ByName[RequestMethods.ToolsCall];

    public static ProtocolMethod ResourcesRead { get; } = Find(RequestMethods.ResourcesRead);

    public static ProtocolMethod PromptsGet { get; } = Find(RequestMethods.PromptsGet);

    public static ProtocolMethod CompletionComplete { get; } = Find(RequestMethods.CompletionComplete);

    public static ProtocolMethod Find(string name) => name == RequestMethods.ToolsCall ? ToolsCall : ByName.GetValueOrDefault(name, Unknown);
}

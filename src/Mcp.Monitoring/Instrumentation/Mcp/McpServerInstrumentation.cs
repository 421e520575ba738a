using System.Globalization;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Instrumentation.Mcp;

/// <summary>
/// The door through which MCP requests come in: installs the filters in the options of a server. All delegates are made once, since a stateless server
/// makes its options anew for each request.
/// </summary>
internal sealed class McpServerInstrumentation
{
    private const string CountedMark = "Mcp.Monitoring.Counted";

    private readonly OperationCatalog _catalog;
    private readonly InternalErrors _errors;
    private readonly CounterFamily _unknown;
    private readonly ServerActivity _activity;
    private readonly RequestFilter<CallToolRequestParams, CallToolResult> _callTool;
    private readonly AlternateToolFilter _alternateTool;
    private readonly RequestFilter<GetPromptRequestParams, GetPromptResult> _getPrompt;
    private readonly RequestFilter<ReadResourceRequestParams, ReadResourceResult> _readResource;
    private readonly RequestFilter<CompleteRequestParams, CompleteResult> _complete;
    private readonly ListedNames _listed;
    private readonly McpMessageFilter _incoming;
    private readonly McpMessageFilter _outgoing;

    public McpServerInstrumentation(
        string? prefix, OperationMonitor monitor, OperationCatalog catalog, MetricsRegistry registry, ServerActivity activity, InternalErrors errors, ILogger logger)
    {
        Monitor = monitor;
        _catalog = catalog;
        _errors = errors;
        _activity = activity;
        Refused = new RefusedRequests(this, activity.Answers);
        _unknown = registry.UnknownOperations;
        Primitives = new PrimitiveOperations(catalog, prefix, logger);
        _callTool = new(this, ProtocolMethod.ToolsCall, call => Named(OperationType.Tools, call?.Name), OutcomeOf);
        _alternateTool = new AlternateToolFilter(this, call => Named(OperationType.Tools, call?.Name), OutcomeOf);
        _getPrompt = new(this, ProtocolMethod.PromptsGet, call => Named(OperationType.Prompts, call?.Name), OutcomeOfResult);
        _readResource = new(this, ProtocolMethod.ResourcesRead, call => Named(OperationType.Resources, call?.Uri), OutcomeOfResult);
        _complete = new(this, ProtocolMethod.CompletionComplete, call => BindCompletion(call?.Ref), OutcomeOfResult);
        _listed = new ListedNames(Primitives);
        _incoming = new IncomingFilter(this).Wrap;
        _outgoing = new OutgoingFilter(this).Wrap;
    }

    public OperationMonitor Monitor { get; }

    public PrimitiveOperations Primitives { get; }

    public ClientRequests Clients => _activity.Clients;

    public Sessions Sessions => _activity.Sessions;

    public PendingInputs Inputs => _activity.Inputs;

    public RefusedRequests Refused { get; }

    /// <summary>Gets whether an outgoing filter is installed anywhere.</summary>
    public bool SeesAnswers { get; private set; }

    public static string CodeLabel(int code) => code.ToString(CultureInfo.InvariantCulture);

    /// <summary>Tells the message filter that the failure of this message was counted.</summary>
    public static void MarkCounted(MessageContext context) => context.Items[CountedMark] = CountedMark;

    public static bool IsCounted(MessageContext context) => context.JsonRpcMessage.Context?.Items?.ContainsKey(CountedMark) == true;

    /// <summary>Installs the filters and makes the server's operations known; once for the same options.</summary>
    /// <param name="options">The options of the server.</param>
    /// <param name="isHttp">Whether strangers can reach it. An outgoing filter costs 1 to 5 % of a call in memory and is lost in a call over HTTP.</param>
    public void Install(McpServerOptions options, bool isHttp)
    {
        McpRequestFilters filters = options.Filters.Request;
        if (AlternateToolFilter.IsNeeded(options))
        {
            _alternateTool.Install(filters);
        }
        else
        {
            Install(filters.CallToolFilters, _callTool);
        }

        Install(filters.GetPromptFilters, _getPrompt);
        Install(filters.ReadResourceFilters, _readResource);
        Install(filters.CompleteFilters, _complete);
        _listed.Install(options);
        options.Filters.Message.IncomingFilters.Insert(0, _incoming);
        if (isHttp)
        {
            SeesAnswers = true;
            options.Filters.Message.OutgoingFilters.Insert(0, _outgoing);
        }

        Declare(options);
    }

    /// <summary>Takes the filters out again.</summary>
    /// <returns>Whether an outgoing filter was among them.</returns>
    public bool Uninstall(McpServerOptions options)
    {
        McpRequestFilters filters = options.Filters.Request;
        _alternateTool.Uninstall(filters);
        Uninstall(filters.CallToolFilters, _callTool);
        Uninstall(filters.GetPromptFilters, _getPrompt);
        Uninstall(filters.ReadResourceFilters, _readResource);
        Uninstall(filters.CompleteFilters, _complete);
        _listed.Uninstall(filters);
        options.Filters.Message.IncomingFilters.Remove(_incoming);
        return options.Filters.Message.OutgoingFilters.Remove(_outgoing);
    }

    public Operation OperationOf(ProtocolMethod method, string name) =>
        method != ProtocolMethod.Unknown ? _catalog.GetOrAdd(OperationType.Protocol, method.Name)
        : _catalog.TryGet(OperationType.Protocol, name, out Operation own) ? own
        : _catalog.Unknown(OperationType.Protocol);

    /// <summary>Finds an operation by what the client called it.</summary>
    public Operation Named(OperationType type, string? name) =>
        name is not null && Primitives.TryGetLearned(type, name, out Operation known) ? known : _catalog.Unknown(type);

    public void CountUnknown(OperationType type) => _unknown.With(type.Label()).Increment();

    public void StreamOpened() => _activity.StreamOpened();

    public void StreamClosed() => _activity.StreamClosed();

    /// <returns><see langword="true"/>: a failure of ours ends here.</returns>
    public bool Report(Exception fault)
    {
        _errors.Report(InternalErrors.Instrumentation, fault);
        return true;
    }

    private static void Install<TParams, TResult>(IList<McpRequestFilter<TParams, TResult>> filters, RequestFilter<TParams, TResult> filter)
        where TParams : RequestParams
    {
        bool hasOthers = filters.Count > 0;
        filters.Insert(0, filter.Outer);
        if (hasOthers)
        {
            filters.Add(RequestFilter<TParams, TResult>.Inner);
        }
    }

    private static void Uninstall<TParams, TResult>(IList<McpRequestFilter<TParams, TResult>> filters, RequestFilter<TParams, TResult> filter)
        where TParams : RequestParams
    {
        filters.Remove(filter.Outer);
        filters.Remove(RequestFilter<TParams, TResult>.Inner);
    }

    private static OperationOutcome OutcomeOf(CallToolResult result) => result.IsError == true ? OperationOutcome.ToolError : OutcomeOfResult(result);

    private static OperationOutcome OutcomeOfResult(Result result) =>
        result.ResultType == "input_required" ? OperationOutcome.InputRequired : OperationOutcome.Success;

    private Operation BindCompletion(Reference? reference)
    {
        Operation? completed = reference switch
        {
            PromptReference prompt => Named(OperationType.Prompts, prompt.Name),
            ResourceTemplateReference resource => Named(OperationType.Resources, resource.Uri),
            _ => null,
        };
        return _catalog.GetOrAdd(OperationType.Completion, completed?.Name ?? OperationLabels.Unknown);
    }

    private void Declare(McpServerOptions options)
    {
        Primitives.Declare(options.ToolCollection, OperationType.Tools);
        Primitives.Declare(options.ResourceCollection, OperationType.Resources);
        Primitives.Declare(options.PromptCollection, OperationType.Prompts);
        foreach (string method in ServerMethods.Of(options))
        {
            _catalog.GetOrAdd(OperationType.Protocol, method);
        }
    }
}

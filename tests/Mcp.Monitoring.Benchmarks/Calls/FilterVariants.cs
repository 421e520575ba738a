namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>The places where a monitor can stand in the SDK, one by one and together.</summary>
internal static class FilterVariants
{
    public static CallComparison Add(CallComparison comparison) => comparison
        .Add("empty call filter", f => f.Request.CallToolFilters.Add(CallFilters.Empty))
        .Add("incoming next => next", f => f.Message.IncomingFilters.Add(next => next))
        .Add("outgoing next => next", f => f.Message.OutgoingFilters.Add(next => next))
        .Add("both next => next", f =>
        {
            f.Message.IncomingFilters.Add(next => next);
            f.Message.OutgoingFilters.Add(next => next);
        })
        .Add("incoming, object per message", f => f.Message.IncomingFilters.Add(MessageFilter.Create))
        .Add("outgoing, object per message", f => f.Message.OutgoingFilters.Add(MessageFilter.Create))
        .Add("both, object per message", f =>
        {
            f.Message.IncomingFilters.Add(MessageFilter.Create);
            f.Message.OutgoingFilters.Add(MessageFilter.Create);
        })
        .Add("call filter with AsyncLocal", f => f.Request.CallToolFilters.Add(CallFilters.SetsAsyncLocal))
        .Add("AsyncLocal + incoming object", f =>
        {
            f.Request.CallToolFilters.Add(CallFilters.SetsAsyncLocal);
            f.Message.IncomingFilters.Add(MessageFilter.Create);
        })
        .Add("AsyncLocal + both objects", f =>
        {
            f.Request.CallToolFilters.Add(CallFilters.SetsAsyncLocal);
            f.Message.IncomingFilters.Add(MessageFilter.Create);
            f.Message.OutgoingFilters.Add(MessageFilter.Create);
        });
}

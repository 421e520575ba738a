using Sentry;

namespace Mcp.Monitoring.Tests.Errors;

/// <summary>What tests ask an event for.</summary>
internal static class SentryEventReading
{
    extension(SentryEvent sent)
    {
        public string? Text => sent.Message?.Formatted ?? sent.Message?.Message;

        public string? MessageTemplate => sent.Message?.Message;

        public string? Transaction => sent.TransactionName;

        public string? UserId => sent.User.Id;

        public string TraceId => sent.Contexts.Trace.TraceId.ToString();

        public string SpanId => sent.Contexts.Trace.SpanId.ToString();

        public string? ParentSpanId => sent.Contexts.Trace.ParentSpanId?.ToString();

        public string? MechanismType => sent.SentryExceptions?.LastOrDefault()?.Mechanism?.Type;

        public bool? IsHandled => sent.SentryExceptions?.LastOrDefault()?.Mechanism?.Handled;

        public IDictionary<string, object> MechanismData => sent.SentryExceptions!.Last().Mechanism!.Data;

        public IDictionary<string, object?> Context(string name) => (IDictionary<string, object?>)sent.Contexts[name];
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Instrumentation.Dependencies.EntityFramework;

/// <summary>Reads what EF Core says with an event, without a reference to it: the properties of each type of payload are looked up once.</summary>
internal sealed class EventPayload
{
    private static readonly ConcurrentDictionary<Type, EventPayload> Known = new();

    private readonly PropertyInfo? _command, _connection, _startTime, _duration, _exception, _level;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "EF Core is not made for trimming. Where a property of its events was trimmed all the same, the event is left out.")]
    private EventPayload(Type type)
    {
        _command = type.GetProperty("Command");
        _connection = type.GetProperty("Connection");
        _startTime = type.GetProperty("StartTime");
        _duration = type.GetProperty("Duration");
        _exception = type.GetProperty("Exception");
        _level = type.GetProperty("LogLevel");
    }

    public static EventPayload Of(object payload) => Known.GetOrAdd(payload.GetType(), static type => new EventPayload(type));

    public DbCommand? Command(object payload) => _command?.GetValue(payload) as DbCommand;

    public DbConnection? Connection(object payload) => _connection?.GetValue(payload) as DbConnection;

    public DateTimeOffset? StartTime(object payload) => _startTime?.GetValue(payload) as DateTimeOffset?;

    public TimeSpan? Duration(object payload) => _duration?.GetValue(payload) as TimeSpan?;

    public Exception? Exception(object payload) => _exception?.GetValue(payload) as Exception;

    /// <summary>Returns whether it is a failure that EF Core expects, such as when it looks whether a database exists.</summary>
    public bool IsExpected(object payload) => _level?.GetValue(payload) is LogLevel.Trace or LogLevel.Debug;
}

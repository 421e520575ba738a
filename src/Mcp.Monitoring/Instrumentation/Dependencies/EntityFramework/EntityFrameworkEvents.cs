using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;

namespace Mcp.Monitoring.Instrumentation.Dependencies.EntityFramework;

/// <summary>Measures what EF Core tells of its commands and connections, but what runs over a connection of ours: that measures itself.</summary>
internal sealed class EntityFrameworkEvents(DatabaseNames names)
{
    private const string CommandPrefix = "Microsoft.EntityFrameworkCore.Database.Command.", ConnectionPrefix = "Microsoft.EntityFrameworkCore.Database.Connection.";
    private const string Executed = CommandPrefix + "CommandExecuted", Failed = CommandPrefix + "CommandError", Canceled = CommandPrefix + "CommandCanceled";
    private const string Opened = ConnectionPrefix + "ConnectionOpened", NotOpened = ConnectionPrefix + "ConnectionError";

    // Whoever adds the instrumentation of OpenTelemetry has spans from it.
    private static readonly ActivitySource OtherSpans = new("OpenTelemetry.Instrumentation.EntityFrameworkCore");

    public static bool AreWanted(string name) => name is Executed or Failed or Canceled or Opened or NotOpened;

    public void Happened(string name, object payload)
    {
        EventPayload read = EventPayload.Of(payload);
        switch (name)
        {
            case Executed:
                CommandEnded(read, payload, failure: null);
                break;
            case Failed when !read.IsExpected(payload) && read.Exception(payload) is { } failure:
                CommandEnded(read, payload, failure);
                break;
            case Canceled:
                CommandEnded(read, payload, new OperationCanceledException());
                break;
            case Opened when Connection(read, payload) is { } connection:
                Watch(connection, names.Of(connection));
                break;
            case NotOpened when !read.IsExpected(payload) && read.Exception(payload) is { } failure && Connection(read, payload) is { } connection:
                names.Of(connection).OpenFailed(failure);
                break;
        }
    }

    private void CommandEnded(EventPayload read, object payload, Exception? failure)
    {
        if (Connection(read, payload) is not { } connection
            || read.Command(payload) is not { } command
            || command is MonitoredCommand
            || read.StartTime(payload) is not { } startTime
            || read.Duration(payload) is not { } duration)
        {
            return;
        }

        DependencyCallScope query = names.Of(connection)
            .Query(StatementKinds.Of(command.CommandText, command.CommandType))
            .Began(OtherSpans.HasListeners() ? null : connection, startTime, duration);
        if (failure is null)
        {
            query.Succeed();
        }
        else
        {
            query.Fail(failure);
        }
    }

    private static DbConnection? Connection(EventPayload read, object payload) => read.Connection(payload) is { } connection and not MonitoredConnection ? connection : null;

    // It may be closed by another than EF Core, or by being disposed of, which EF Core tells of in another way.
    private static void Watch(DbConnection connection, DatabaseDependency database)
    {
        connection.StateChange += Changed;
        database.Opened(connection);

        void Changed(object sender, StateChangeEventArgs change)
        {
            if (change.CurrentState is ConnectionState.Closed or ConnectionState.Broken)
            {
                connection.StateChange -= Changed;
                database.Closed();
            }
        }
    }
}

using System.Text.Json.Serialization;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Delivery;

/// <summary>A notification on its way to one channel.</summary>
internal sealed record OutboxMessage
{
    public static StateTable<OutboxMessage> Table { get; } = new("outbox", OutboxMessageJson.Default.OutboxMessage, static row => row.Id, static row => row.EndedAt)
    {
        PastRows = 1_000,
        Keep = static _ => TimeSpan.FromDays(7),
    };

    public required string Id { get; init; }

    public required string Channel { get; init; }

    public required AlertNotification Notification { get; init; }

    /// <summary>Gets the state of the group that it tells of; a higher one of the same group and channel says more.</summary>
    public required long Generation { get; init; }

    /// <summary>Gets whether the channel had been told that the group fires, before this message.</summary>
    public bool IsKnownToChannel { get; init; }

    public required DateTimeOffset Created { get; init; }

    public OutboxState State { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets until when the worker that claimed it may be sending.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Gets after which time it is not worth sending; <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string? LastError { get; init; }

    public string? Reference { get; init; }

    /// <summary>Gets the channel that it was meant for, if this one stands in.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>Gets the channel that told of it in place of this one, which was down.</summary>
    public string? HandedTo { get; init; }

    /// <summary>Gets the groups that a digest of what the channel missed told to go on.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    public DateTimeOffset? EndedAt { get; init; }
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(OutboxMessage))]
internal sealed partial class OutboxMessageJson : JsonSerializerContext;

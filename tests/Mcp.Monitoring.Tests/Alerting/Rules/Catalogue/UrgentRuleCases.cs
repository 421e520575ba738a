using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using static Mcp.Monitoring.Tests.Alerting.Rules.Catalogue.CaseSteps;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;

/// <summary>Rules that are critical or high.</summary>
internal static class UrgentRuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("McpIntegrationDown", "3 failures in a row over 2 min", AlertSeverity.Critical, (world, isEnough) => Row(world, isEnough ? 3 : 2, 1, () => world.Integration("1c", "timeout"))),
        new("McpIntegrationDown", "2 min", AlertSeverity.Critical, (world, isEnough) => Row(world, 3, isEnough ? 1 : 0.9, () => world.Integration("1c", "error"))),
        new("McpIntegrationDown", "10 failures in a row over 30 s", AlertSeverity.Critical, (world, isEnough) => Row(world, isEnough ? 10 : 9, 1 / 12.0, () => world.Integration("1c", "error"))),
        new("McpIntegrationDown", "30 s", AlertSeverity.Critical, (world, isEnough) =>
        {
            world.Minutes(Start);
            world.Integration("1c", "error", 9);
            world.Run(TimeSpan.FromSeconds(isEnough ? 25 : 20));
            world.Integration("1c", "error");
            world.Minutes(1);
        }),
        new("McpIntegrationDown", "no success between", AlertSeverity.Critical, (world, isEnough) => Row(world, 5, 1, () => world.Integration(
            "1c", world.Now == TimeSpan.FromMinutes(Start + 2) && !isEnough ? "success" : "error"))),
        new("McpIntegrationDown", "within 24 h", AlertSeverity.Critical, (world, isEnough) => Row(world.Coarsely(), 3, (isEnough ? 23.8 : 24.2) * 60, () => world.Integration("1c", "error"))),
        new("McpIntegrationDown", "probe failed 4 times", AlertSeverity.Critical, (world, isEnough) => Row(world, isEnough ? 4 : 3, 0.5, () =>
        {
            world.Integration("1c", "success");
            world.Integration("1c", "error", call: "probe");
        })),
        new("McpIntegrationErrors", "5 errors", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Integration("1c", "error", isEnough ? 5 : 4);
            world.Integration("1c", "success", 10);
        })),
        new("McpIntegrationErrors", "10 %", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Integration("1c", "error", 10);
            world.Integration("1c", "success", isEnough ? 90 : 91);
            world.Integration("1c", "rejected", 500);
        })),
        new("McpIntegrationErrors", "0.01 a second", AlertSeverity.Critical, (world, isEnough) => Row(world, 2, 2, () => world.Integration("1c", "error", isEnough || world.Now > TimeSpan.FromMinutes(Start) ? 2 : 1)))
        {
            Options = [new AlertRuleOptions { Name = "McpIntegrationErrors", MinimumFailures = 1 }],
        },
        new("McpAuthBroken", "3 errors", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => Error(world, isEnough ? 3 : 2, "auth", "server_error"))),
        new("McpAuthBroken", "the server's fault", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => Error(world, 30, "auth", isEnough ? "server_error" : "client_error"))),
        new("McpAuthBroken", "0.005 a second", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => Error(world, isEnough ? 2 : 1, "auth", "server_error")))
        {
            Options = [new AlertRuleOptions { Name = "McpAuthBroken", MinimumFailures = 1 }],
        },
        new("McpCircuitBreakerOpen", "open for 60 s", AlertSeverity.High, (world, isEnough) =>
        {
            world.Minutes(Start);
            world.Breaker("1c", "open");
            world.Minutes(isEnough ? 1.25 : 0.75);
            world.Breaker("1c", "closed");
            world.Minutes(1);
        }),
        new("McpCircuitBreakerOpen", "5 calls rejected", AlertSeverity.Critical, (world, isEnough) =>
        {
            world.Minutes(Start);
            world.Breaker("1c", isEnough ? "half_open" : "isolated");
            world.Samples.Count(DependencyMetricNames.CircuitBreakerRejected, 5, "1c");
            world.Minutes(2);
        }),
        new("McpAvailabilityBurn", "14.4 times, 50 calls", AlertSeverity.Critical, (world, isEnough) => GoesOn(world, () => world.Availability.Add(isEnough ? 50 : 49, 5))),
        new("McpAvailabilityBurn", "14.4 times, 5 bad", AlertSeverity.Critical, (world, isEnough) => GoesOn(world, () => world.Availability.Add(50, isEnough ? 5 : 4))),
        new("McpAvailabilityBurn", "14.4 times the speed", AlertSeverity.Critical, (world, isEnough) => GoesOn(world, () => world.Availability.Add(1_000, isEnough ? 73 : 72))),
        new("McpAvailabilityBurn", "goes on", AlertSeverity.Critical, (world, isEnough) => Burst(world, 1, () =>
        {
            world.Availability.Add(1_000, 200);
            world.Minutes(1.75);
            world.Availability.Add(100, isEnough ? 20 : 0);
        })),
        new("McpAvailabilityBurn", "6 times for 15 min", AlertSeverity.High, (world, isEnough) =>
        {
            world.Minutes(Start);
            world.Availability.Add(1_000, 31);
            world.Minutes(isEnough ? 15 : 14);
            world.Availability.Add(1_000, 31);
            world.Minutes(0.5);
            world.Availability.Add(100_000, 0);
            world.Minutes(1);
        }),
        new("McpCrashLoop", "3 unclean stops", AlertSeverity.Critical, (world, isEnough) => Burst(world, 1, () => world.Signals.Say(SignalNames.UncleanStops, isEnough ? 3 : 2))),
        new("McpTransportErrors", "10 errors", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            Error(world, isEnough ? 10 : 9, "transport", "server_error");
            world.Call("get_order", number: 100);
        })),
        new("McpTransportErrors", "5 %", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            Error(world, 10, "transport", "server_error");
            world.Call("initialize", number: isEnough ? 200 : 201, type: "protocol");
        })),
        new("McpTransportErrors", "0.02 a second", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () => Error(world, isEnough ? 7 : 6, "transport", "server_error")))
        {
            Options = [new AlertRuleOptions { Name = "McpTransportErrors", MinimumFailures = 1 }],
        },
        new("McpActiveRequestsHigh", "more than 100", AlertSeverity.High, (world, isEnough) => Burst(world, 6, () =>
        {
            world.Samples.Set(MetricNames.ActiveRequests, isEnough ? 101 : 100, "tools");
            world.Samples.Set(MetricNames.ActiveRequests, 500, "http");
            world.Samples.Set(MetricNames.ActiveRequests, 500, "function");
        })),
        new("McpActiveRequestsHigh", "waits for people do not count", AlertSeverity.High, (world, isEnough) => Burst(world, 6, () =>
        {
            world.Samples.Set(MetricNames.ActiveRequests, 150, "tools");
            world.Signals.Say(SignalNames.RequestsWaiting, isEnough ? 49 : 50);
        })),
        new("McpActiveRequestsHigh", "for 5 min", AlertSeverity.High, (world, isEnough) =>
        {
            Burst(world, isEnough ? 5.25 : 4.75, () => world.Samples.Set(MetricNames.ActiveRequests, 200, "tools"));
            world.Samples.Set(MetricNames.ActiveRequests, 0, "tools");
            world.Minutes(1);
        }),
        new("McpToolFailing", "50 %", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", 10);
            world.Call("get_order", number: isEnough ? 10 : 11);
            world.Call("get_order", "client_error", 100);
        })),
        new("McpToolFailing", "5 failures", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", isEnough ? 5 : 4);
            world.Call("get_order");
        })),
        new("McpToolFailing", "3 failures in a row over 2 min", AlertSeverity.High, (world, isEnough) => Row(world, isEnough ? 3 : 2, 1, () => world.Fail("get_order"))),
        new("McpToolFailing", "2 min", AlertSeverity.High, (world, isEnough) => Row(world, 3, isEnough ? 1 : 0.9, () => world.Fail("get_order"))),
        new("McpToolFailing", "10 failures in a row over 30 s", AlertSeverity.High, (world, isEnough) => Row(world, isEnough ? 10 : 9, 1 / 12.0, () => world.Fail("get_order"))),
        new("McpToolFailing", "no success between", AlertSeverity.High, (world, isEnough) => Row(world, 5, 1, () => world.Call(
            "get_order", world.Now == TimeSpan.FromMinutes(Start + 2) && !isEnough ? "success" : "server_error"))),
        new("McpToolFailing", "other outcomes neither lengthen nor break it", AlertSeverity.High, (world, isEnough) => Row(world, 5, 1, () => world.Call(
            "get_order", world.Now == TimeSpan.FromMinutes(Start) || world.Now == TimeSpan.FromMinutes(Start + 4) || (world.Now == TimeSpan.FromMinutes(Start + 2) && isEnough) ? "server_error"
                : world.Now == TimeSpan.FromMinutes(Start + 1) ? "tool_error" : "client_error"))),
        new("McpToolFailing", "critical: 5 failures", AlertSeverity.Critical, (world, isEnough) => Row(world, isEnough ? 5 : 4, 2, () => world.Fail("get_order"))),
        new("McpToolFailing", "critical: 5 min", AlertSeverity.Critical, (world, isEnough) => Row(world, 5, isEnough ? 1.25 : 1.15, () => world.Fail("get_order"))),
        new("McpToolFailing", "critical: nothing else succeeds", AlertSeverity.Critical, (world, isEnough) =>
        {
            Row(world, 3, 2, () => world.Fail("get_order"));
            world.Call("get_stock", isEnough ? "server_error" : "success");
            world.Minutes(3, 1, () => world.Fail("get_order"));
        }),
        new("McpServerFailing", "3 failures in a row over 2 min", AlertSeverity.Critical, (world, isEnough) => Row(world, isEnough ? 3 : 2, 1, () => FailInTurn(world))),
        new("McpServerFailing", "2 min", AlertSeverity.Critical, (world, isEnough) => Row(world, 3, isEnough ? 1 : 0.9, () => FailInTurn(world))),
        new("McpServerFailing", "10 failures in a row over 30 s", AlertSeverity.Critical, (world, isEnough) => Row(world, isEnough ? 10 : 9, 1 / 12.0, () => FailInTurn(world))),
        new("McpServerFailing", "two operations", AlertSeverity.Critical, (world, isEnough) =>
        {
            world.Call("get_stock");
            Row(world, 5, 1, () => world.Fail(isEnough && world.Now > TimeSpan.FromMinutes(Start) ? "get_stock" : "get_order"));
        }),
        new("McpServerFailing", "or the only one", AlertSeverity.Critical, (world, isEnough) =>
        {
            world.Call("get_stock", isEnough ? "cancelled" : "success", isEnough ? 0 : 1);
            Row(world, 5, 1, () => world.Fail("get_order"));
        }),
        new("McpToolErrors", "5 %", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", 5);
            world.Call("get_order", "tool_error", 5);
            world.Call("get_order", number: isEnough ? 90 : 91);
        })),
        new("McpToolErrors", "5 failures", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", isEnough ? 5 : 4);
            world.Call("get_order", number: 10);
        })),
        new("McpToolErrors", "10 tool errors", AlertSeverity.Medium, (world, isEnough) =>
        {
            Row(world, isEnough ? 10 : 9, 0.5, () => world.Call("get_order", "tool_error"));
            world.Minutes(2);
        }),
        new("McpToolErrors", "failures without a success last", AlertSeverity.Medium, (world, isEnough) =>
        {
            world.Minutes(Start);
            world.Call("get_order", "tool_error", 9);
            world.Run(TimeSpan.FromSeconds(isEnough ? 25 : 20));
            world.Call("get_order", "tool_error");
            world.Minutes(5);
        }),
        new("McpToolErrors", "50 % tool errors", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Call("get_order", "tool_error", 20);
            world.Call("get_order", number: isEnough ? 20 : 21);
        })),
        new("McpDatabaseErrors", "5 errors", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Query("orders_db", "error", isEnough ? 4 : 3);
            world.Samples.Count(DependencyMetricNames.DbConnectionErrors, 1, "orders_db");
            world.Query("orders_db", number: 10);
        })),
        new("McpDatabaseErrors", "5 %", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Query("orders_db", "timeout", 10);
            world.Query("orders_db", number: isEnough ? 190 : 191);
        })),
        new("McpDbPoolExhausted", "somebody waits for 1 min", AlertSeverity.High, (world, isEnough) =>
        {
            Burst(world, isEnough ? 1.25 : 0.75, () => world.Samples.Set(DependencyMetricNames.DbConnectionsWaiting, 1, "orders_db"));
            world.Samples.Set(DependencyMetricNames.DbConnectionsWaiting, 0, "orders_db");
            world.Minutes(1);
        }),
        new("McpOperationStuck", "2 min old", AlertSeverity.High, (world, isEnough) => Burst(world, 1, () => world.Samples.Set(MetricNames.ActiveRequestAge, isEnough ? 121 : 120, "tools"))),
        new("McpHttpErrors", "5 errors", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            Http(world, "503", isEnough ? 5 : 4);
            Http(world, "200", 10);
        })),
        new("McpHttpErrors", "5 %", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () =>
        {
            Http(world, "500", 10);
            Http(world, "404", isEnough ? 190 : 191);
        })),
        new("McpHealthUnhealthy", "for 2 min", AlertSeverity.High, (world, isEnough) =>
        {
            Burst(world, isEnough ? 2.25 : 1.75, () => world.Samples.Set(MetricNames.HealthCheckStatus, 1, "db", "unhealthy"));
            world.Samples.Set(MetricNames.HealthCheckStatus, 0, "db", "unhealthy");
            world.Minutes(1);
        }),
        new("McpThreadPoolStarved", "more than 100", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () => world.Signals.Say(SignalNames.ThreadPoolQueue, isEnough ? 101 : 100))),
        new("McpChannelDown", "self-check", AlertSeverity.High, (world, isEnough) => Channel(world, SignalNames.ChannelCheckFailed, isEnough ? 1 : 0)),
        new("McpChannelDown", "3 failed", AlertSeverity.High, (world, isEnough) => Channel(world, SignalNames.ChannelFailures, isEnough ? 3 : 2)),
        new("McpChannelDown", "1 dead letter", AlertSeverity.High, (world, isEnough) => Burst(world, 1, () => world.Samples.Count(
            MetricNames.Notifications, isEnough ? 1 : 0, "telegram", "dead"))),
        new("McpChannelDown", "oldest 5 min", AlertSeverity.High, (world, isEnough) => Channel(world, SignalNames.ChannelOldestSeconds, isEnough ? 301 : 300)),
    ];
}

using Mcp.Monitoring.Alerts;
using Mcp.Monitoring.Alerts.Rules;
using Mcp.Monitoring.Alerts.Rules.Inputs;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Tests.Alerts.Rules.World;

namespace Mcp.Monitoring.Tests.Alerts.Rules.Catalogue;

/// <summary>Every number of the catalogue, met and just not met.</summary>
internal static class RuleCases
{
    private const double Start = 20;

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("McpIntegrationDown", "3 failures and no success", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => world.Integration("1c", "timeout", isEnough ? 3 : 2))),
        new("McpIntegrationDown", "no success since", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Integration("1c", "error", 3);
            world.Integration("1c", "success", isEnough ? 0 : 1);
        })),
        new("McpIntegrationDown", "within 30 min", AlertSeverity.Critical, (world, isEnough) =>
        {
            world.Minutes(Start);
            for (int i = 0; i < 3; i++)
            {
                world.Integration("1c", "error");
                world.Minutes(isEnough ? 13 : 16);
            }
        }),
        new("McpIntegrationDown", "probe failed 4 times", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => world.Signals.Say(
            SignalNames.ProbeFailures, isEnough ? 4 : 3, ("dependency", "1c")))),
        new("McpIntegrationDown", "for 2 min", AlertSeverity.Critical, (world, isEnough) =>
        {
            Burst(world, 1.75, () => world.Integration("1c", "error", 3));
            world.Integration("1c", "success", isEnough ? 0 : 1);
            world.Minutes(1);
        }),
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
        new("McpIntegrationErrors", "0.01 a second", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => world.Integration("1c", "error", isEnough ? 4 : 3)))
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
        new("McpAvailabilityBurn", "14.4 times, 50 calls", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => world.Availability.Add(isEnough ? 50 : 49, 5))),
        new("McpAvailabilityBurn", "14.4 times, 5 bad", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => world.Availability.Add(50, isEnough ? 5 : 4))),
        new("McpAvailabilityBurn", "14.4 times the speed", AlertSeverity.Critical, (world, isEnough) => Burst(world, 3, () => world.Availability.Add(1_000, isEnough ? 73 : 72))),
        new("McpAvailabilityBurn", "6 times for 15 min", AlertSeverity.High, (world, isEnough) =>
        {
            world.Minutes(Start);
            world.Availability.Add(1_000, 31);
            world.Minutes(isEnough ? 15.5 : 14.5);
            world.Availability.Add(100_000, 0);
            world.Minutes(1);
        }),
        new("McpAvailabilityBurn", "3 times for 60 min", AlertSeverity.Medium, (world, isEnough) => Burst(world, 65, () => world.Availability.Add(1_000, isEnough ? 16 : 15))),
        new("McpAvailabilityBurn", "once for 180 min", AlertSeverity.Low, (world, isEnough) => Burst(world, 185, () => world.Availability.Add(1_000, isEnough ? 6 : 5))),
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
        new("McpToolFailing", "3 failures and no success", AlertSeverity.High, (world, isEnough) => Burst(world, 3, () => world.Fail("get_order", isEnough ? 3 : 2))),
        new("McpToolFailing", "no success in 30 min", AlertSeverity.High, (world, isEnough) =>
        {
            world.Call("get_order");
            world.Minutes(isEnough ? 26 : 23);
            world.Fail("get_order", 3);
            world.Minutes(6.5);
            world.Call("get_order");
            world.Minutes(5);
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
        new("McpToolErrors", "10 tool errors", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () => world.Call("get_order", "tool_error", isEnough ? 10 : 9))),
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
        new("McpAuthRefused", "10 in 10 min", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            Error(world, isEnough ? 10 : 9, "auth", "client_error");
            world.Call("get_order", number: 10);
        })),
        new("McpAuthRefused", "20 % of requests", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Samples.Count(MetricNames.Errors, 20, "auth", "client_error", "http", "/mcp", "none");
            world.Call("tools/list", number: isEnough ? 80 : 81, type: "protocol");
        })),
        new("McpAuthRefused", "0.005 a second", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () => Error(world, isEnough ? 4 : 3, "auth", "client_error")))
        {
            Options = [new AlertRuleOptions { Name = "McpAuthRefused", MinimumFailures = 1 }],
        },
        new("McpSlowOperations", "p95 above 500 ms", AlertSeverity.Medium, (world, isEnough) =>
        {
            Arm(world, 0.1);
            world.Minutes(12, 10, () => world.Call("get_order", seconds: isEnough ? 0.6 : 0.5));
        }),
        new("McpSlowOperations", "20 calls", AlertSeverity.Medium, (world, isEnough) =>
        {
            Arm(world, 0.1);
            world.Minutes(10);
            world.Minutes(12, isEnough ? 4 : 3.6, () => world.Call("get_order", seconds: 3));
        }),
        new("McpSlowOperations", "armed by its target", AlertSeverity.Medium, (world, isEnough) =>
        {
            Arm(world, isEnough ? 0.2 : 0.3);
            world.Minutes(12, 10, () => world.Call("get_order", seconds: 3));
        }),
        new("McpSlowOperations", "armed by 100 calls", AlertSeverity.Medium, (world, isEnough) =>
        {
            world.Minutes(1);
            world.Call("get_order", number: isEnough ? 100 : 99, seconds: 0.1);
            world.Minutes(70);
            world.Minutes(12, 10, () => world.Call("get_order", seconds: 3));
        }),
        new("McpLatencyBurn", "14.4 times", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () => world.Fast.Add(100, isEnough ? 73 : 72))),
        new("McpErrorRatioHigh", "100 calls", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", 5);
            world.Call("get_stock", number: isEnough ? 95 : 94);
        })),
        new("McpErrorRatioHigh", "5 bad", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", isEnough ? 5 : 4);
            world.Call("get_stock", number: 200);
        })),
        new("McpErrorRatioHigh", "1 %", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", 10);
            world.Call("get_stock", number: isEnough ? 989 : 990);
            world.Call("get_stock", "client_error", 1_000);
        })),
        new("McpRetriesHigh", "20 retries", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Samples.Count(DependencyMetricNames.RetryAttempts, isEnough ? 20 : 19, "1c", "success");
            world.Integration("1c", "success", 50);
        })),
        new("McpRetriesHigh", "20 %", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Samples.Count(DependencyMetricNames.RetryAttempts, 40, "orders_db", "failure");
            world.Query("orders_db", number: isEnough ? 199 : 200);
        })),
        new("McpRetriesExhausted", "5 given up", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () => world.Samples.Count(DependencyMetricNames.RetryExhausted, isEnough ? 5 : 4, "1c"))),
        new("McpClientLooping", "50 client errors", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () => world.Call("get_order", "client_error", isEnough ? 50 : 49))),
        new("McpClientLooping", "no success", AlertSeverity.Medium, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Call("get_order", "client_error", 500);
            world.Call("get_order", number: isEnough ? 0 : 1);
        })),
        new("McpToolsVanished", "10 calls", AlertSeverity.Medium, (world, isEnough) => AfterStart(world, 5, () =>
        {
            Unknown(world, isEnough ? 10 : 9);
            world.Call("get_order", number: 10);
        })),
        new("McpToolsVanished", "10 %", AlertSeverity.Medium, (world, isEnough) => AfterStart(world, 5, () =>
        {
            Unknown(world, 20);
            world.Call("get_order", number: isEnough ? 179 : 180);
        })),
        new("McpToolsVanished", "within 15 min of a start", AlertSeverity.Medium, (world, isEnough) => AfterStart(world, isEnough ? 12.5 : 13.5, () => Unknown(world, 50))),
        new("McpQueueGrowing", "80 % for 5 min", AlertSeverity.Medium, (world, isEnough) => Burst(world, 6, () =>
        {
            world.Samples.Set(DependencyMetricNames.QueueSize, isEnough ? 80 : 79, "mail");
            world.Samples.Set(DependencyMetricNames.QueueCapacity, 100, "mail");
        })),
        new("McpQueueGrowing", "larger in each of 10 min", AlertSeverity.Medium, (world, isEnough) =>
        {
            for (int i = 0; i < 20; i++)
            {
                world.Samples.Set(DependencyMetricNames.QueueSize, 500 + (isEnough ? i : i / 10 * 10), "mail");
                world.Minutes(1);
            }
        }),
        new("McpQueueGrowing", "more than 100", AlertSeverity.Medium, (world, isEnough) =>
        {
            for (int i = 0; i < 20; i++)
            {
                world.Samples.Set(DependencyMetricNames.QueueSize, (isEnough ? 82 : 81) + i, "mail");
                world.Minutes(1);
            }
        }),
        new("McpSlowQueries", "p95 above 0.5 s", AlertSeverity.Medium, (world, isEnough) => world.Minutes(12, 10, () => world.Query("orders_db", seconds: isEnough ? 0.6 : 0.5))),
        new("McpSlowQueries", "20 queries", AlertSeverity.Medium, (world, isEnough) => world.Minutes(15, isEnough ? 4 : 3.6, () => world.Query("orders_db", seconds: 3))),
        new("McpUncleanStop", "as named", AlertSeverity.Medium, (world, isEnough) => Burst(world, 1, () => world.Signals.Say(SignalNames.UncleanStop, isEnough ? 1 : 0))),
        new("McpAlertStoreDegraded", "as named", AlertSeverity.Medium, (world, isEnough) => Burst(world, 1, () => world.Signals.Say(SignalNames.StoreDegraded, isEnough ? 1 : 0))),
        new("McpAlertInstancesTruncated", "more than 200 alerts", AlertSeverity.Medium, (world, isEnough) => Burst(world, 1, () =>
        {
            for (int i = 0; i < (isEnough ? 201 : 200); i++)
            {
                world.Samples.Set(DependencyMetricNames.DbConnectionsWaiting, 1, $"db{i}");
            }
        })),
        new("McpAlertRuleFailing", "3 evaluations", AlertSeverity.Medium, (world, isEnough) =>
        {
            world.Minutes(Start);
            world.Samples.Broken = MetricNames.Sessions.Name;
            world.Minutes(isEnough ? 1 : 0.5);
            world.Samples.Broken = null;
            world.Minutes(1);
        })
        {
            Options = [new AlertRuleOptions { Name = "Own", Metric = MetricNames.Sessions.Name, Threshold = 1 }],
        },
        new("McpLatencyTargetMissed", "p95 above 200 ms", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Call("get_order", number: isEnough ? 94 : 95, seconds: 0.1);
            world.Call("get_order", number: isEnough ? 6 : 5, seconds: 0.3);
        })),
        new("McpLatencyTargetMissed", "p99 above 500 ms", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Call("get_order", number: isEnough ? 197 : 198, seconds: 0.1);
            world.Call("get_order", number: isEnough ? 3 : 2, seconds: 0.8);
        })),
        new("McpLatencyTargetMissed", "100 calls", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () => world.Call("get_order", number: isEnough ? 100 : 99, seconds: 0.8))),
        new("McpErrorTargetMissed", "3,000 calls", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", 5);
            world.Call("get_stock", number: isEnough ? 2_995 : 2_994);
        })),
        new("McpErrorTargetMissed", "5 bad", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", isEnough ? 5 : 4);
            world.Call("get_stock", number: 3_000);
        })),
        new("McpErrorTargetMissed", "0.1 %", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () =>
        {
            world.Fail("get_order", 10);
            world.Call("get_stock", number: isEnough ? 9_989 : 9_990);
        })),
        new("McpValidationErrors", "50 errors", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () =>
        {
            Error(world, isEnough ? 50 : 49, "validation", "client_error");
            world.Call("get_order", number: 100);
        })),
        new("McpValidationErrors", "30 %", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () =>
        {
            Error(world, 60, "validation", "client_error");
            world.Call("get_order", "client_error", 60);
            world.Call("get_order", number: isEnough ? 139 : 140);
        })),
        new("McpCacheHitsLow", "1,000 look-ups", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () => Cache(world, 400, isEnough ? 600 : 599))) { Options = [On("McpCacheHitsLow")] },
        new("McpCacheHitsLow", "50 %", AlertSeverity.Low, (world, isEnough) => Burst(world, 3, () => Cache(world, isEnough ? 999 : 1_000, 1_000))) { Options = [On("McpCacheHitsLow")] },
        new("McpCircuitIsolated", "as named", AlertSeverity.Low, (world, isEnough) => Burst(world, 1, () => world.Breaker("1c", isEnough ? "isolated" : "open"))),
        new("McpSeriesLimited", "as named", AlertSeverity.Low, (world, isEnough) => Burst(world, 1, () => world.Samples.Count(MetricNames.LimitedSeries, isEnough ? 1 : 0, "mcp_operations_total"))),
        new("McpNoTraffic", "calls at this hour yesterday", AlertSeverity.Low, (world, isEnough) =>
        {
            world.Coarsely().Minutes(60);
            world.Call("get_order", number: isEnough ? 1 : 0);
            world.Minutes(24 * 60);
        })
        {
            Options = [On("McpNoTraffic")],
        },
        new("McpNoTraffic", "none now", AlertSeverity.Low, (world, isEnough) =>
        {
            world.Coarsely().Minutes(60);
            world.Call("get_order", number: 1);
            world.Minutes(22.5 * 60);
            world.Call("get_order", number: isEnough ? 0 : 1);
            world.Minutes(59);
        })
        {
            Options = [On("McpNoTraffic")],
        },
    ];

    private static AlertRuleOptions On(string rule) => new() { Name = rule, Enabled = true };

    private static void Burst(RuleWorld world, double minutes, Action happens)
    {
        world.Minutes(Start);
        happens();
        world.Minutes(minutes);
    }

    private static void AfterStart(RuleWorld world, double minutes, Action happens)
    {
        world.Minutes(minutes);
        happens();
        world.Minutes(3);
    }

    private static void Arm(RuleWorld world, double seconds) => Burst(world, 2, () => world.Call("get_order", number: 100, seconds: seconds));

    private static void Error(RuleWorld world, double number, string type, string outcome) =>
        world.Samples.Count(MetricNames.Errors, number, type, outcome, "tools", "get_order", "none");

    private static void Http(RuleWorld world, string status, double number) => world.Samples.Observe(MetricNames.HttpRequestDuration, 0.1, number, "POST", "/mcp", status, "unary");

    private static void Channel(RuleWorld world, string signal, double value) => Burst(world, 1, () => world.Signals.Say(signal, value, ("channel", "telegram")));

    private static void Unknown(RuleWorld world, double number)
    {
        world.Samples.Count(MetricNames.UnknownOperations, number, "tools");
        world.Call(OperationLabels.Unknown, "client_error", number);
    }

    private static void Cache(RuleWorld world, double hits, double misses)
    {
        world.Samples.Count(DependencyMetricNames.CacheRequests, hits, "prices", "hit");
        world.Samples.Count(DependencyMetricNames.CacheRequests, misses, "prices", "miss");
    }
}

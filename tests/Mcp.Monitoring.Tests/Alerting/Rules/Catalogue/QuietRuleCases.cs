using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using static Mcp.Monitoring.Tests.Alerting.Rules.Catalogue.CaseSteps;

namespace Mcp.Monitoring.Tests.Alerting.Rules.Catalogue;

/// <summary>Rules that are medium or low.</summary>
internal static class QuietRuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
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
        new("McpLatencyBurn", "14.4 times", AlertSeverity.Medium, (world, isEnough) => GoesOn(world, () => world.Fast.Add(100, isEnough ? 73 : 72))),
        new("McpBudgetSlowBurn", "3 times for 60 min", AlertSeverity.Medium, (world, isEnough) => Burn(world, 65, world.Availability, isEnough ? 16 : 15)),
        new("McpBudgetSlowBurn", "once for 180 min", AlertSeverity.Low, (world, isEnough) => Burn(world, 185, world.Availability, isEnough ? 6 : 5)),
        new("McpBudgetSlowBurn", "3 times the latency objective", AlertSeverity.Medium, (world, isEnough) => Burn(world, 65, world.Fast, isEnough ? 151 : 150)),
        new("McpBudgetSlowBurn", "goes on", AlertSeverity.Medium, (world, isEnough) => Burst(world, 65, () =>
        {
            world.Availability.Add(1_000, 20);
            world.Minutes(58);
            world.Availability.Add(1_000, isEnough ? 20 : 0);
        })),
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
        new("McpQueueGrowing", "larger until now", AlertSeverity.Medium, (world, isEnough) =>
        {
            for (int i = 0; i < 22; i++)
            {
                world.Samples.Set(DependencyMetricNames.QueueSize, 500 + Math.Clamp(i - 5, 0, isEnough ? 10 : 9), "mail");
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
}

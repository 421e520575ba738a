namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>All calls together.</summary>
internal static class TrafficSamples
{
    public static IReadOnlyList<LevelSamples> All { get; } =
    [
        new("McpServerFailing", 0)
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x10 +0
                mcp_operations_total{operation_type="tools",operation="orders",outcome="server_error"} +0x10 +1x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x20 +5
                """,
            Firing = (12, 24),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x10 +0
                mcp_operations_total{operation_type="tools",operation="orders",outcome="cancelled"} +0x2 +1x1 +0
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +5
                """,
            AlsoFires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x20 +5
                """,
            Others =
            [
                .. StreakOthers.Of("McpServerFailing", 0, new("mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"server_error\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"orders\",outcome=\"server_error\"}")),
                new("another was called half a day ago", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x780 +1x1 +10x1 +1x5 +0
                    mcp_operations_total{operation_type="tools",operation="orders",outcome="cancelled"} +0x2 +1x1 +0
                    """)
                {
                    Minutes = 800,
                },
            ],
        },
        new("McpErrorRatioHigh", 0)
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +2x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +50
                """,
            Firing = (14, 27),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x30 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +99
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +5
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +50
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +6x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +94x1 +0
                    """)
                {
                    InPrometheus = (12, 19),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0.8
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +50
                    """),
                new("fewer later", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +2x10 +0.2
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +50x20 +5
                    """),
                new("too few calls", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +2
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +14
                    """),
                new("just above the share", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +2x20 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +165
                    """),
                new("exactly enough failures", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +5x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +100x1 +0
                    """)
                {
                    InPrometheus = (12, 19),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpErrorTargetMissed", 0)
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x20 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +200
                """,
            Firing = (16, 40),
            InPrometheus = (16, 103),
            Because = Difference.Stopped,
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x50 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1000
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +5
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +200
                """,
            Minutes = 150,
            Others =
            [
                new("at the limit", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +5x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +4995x1 +0
                    """),
                new("exactly enough", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +5x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +2995x1 +0
                    """)
                {
                },
                new("too few calls", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +6x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +2900x1 +0
                    """),
                new("too few failures", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +4x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +3100x1 +0
                    """),
                new("for a day", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +5x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +4000x1 +0
                    """)
                {
                    Minutes = 1500,
                    InPrometheus = (12, 1454),
                    Because = Difference.Kept,
                },
                new("fewer on the next day", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +5x1 +0.002
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +4000x1 +0.1
                    """)
                {
                    Minutes = 1500,
                },
                new("over a whole day", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x100 +3x1 +0x899 +3x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x100 +2000x1 +0x899 +1500x1 +0
                    """)
                {
                    Minutes = 1050,
                },
                new("many calls a day before", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x1400 +6
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x5 +10000000x1 +0x1300 +3000x1 +0
                    """)
                {
                    Minutes = 1500,
                },
                new("failures of the day before", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x5 +3x1 +0x1454 +4x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x1460 +3500x1 +0
                    """)
                {
                    Minutes = 1480,
                },
                new("calls of the day before", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x1460 +6x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x5 +2500x1 +0x1454 +1500x1 +0
                    """)
                {
                    Minutes = 1480,
                },
            ],
        },
        new("McpLatencyTargetMissed", 0)
        {
            Fires = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +10
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.3s +0x10 +5x20 +0
                """,
            Firing = (13, 59),
            InPrometheus = (13, 60),
            Because = Difference.WindowStart,
            Below = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +10
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.2s +0x10 +5x20 +0
                """,
            NoData = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="error"} 3s +10
                """,
            Minutes = 90,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.3s +0x10 +100x1 +0
                    """)
                {
                    InPrometheus = (12, 44),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.3s +2.8
                    """),
                new("fewer later", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.3s +0x10 +20x10 +1
                    """),
                new("at the limit", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.15s +19
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +1
                    """),
                new("slowly", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.3s +0x10 +4
                    """),
            ],
        },
        new("McpLatencyTargetMissed", 1)
        {
            Fires = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.8s +0x10 +1x20 +0
                """,
            Firing = (14, 57),
            Below = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.5s +0x10 +1x20 +0
                """,
            NoData = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="error"} 3s +10
                """,
            Minutes = 90,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.8s +0x10 +100x1 +0
                    """)
                {
                    InPrometheus = (12, 44),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.8s +2.8
                    """),
                new("fewer later", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.8s +0x10 +20x10 +1
                    """),
                new("slowly", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.8s +0x10 +4
                    """),
            ],
        },
        new("McpValidationErrors", 0)
        {
            Fires = """
                mcp_errors_total{error_type="validation",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +10x20 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +10x20 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10
                """,
            Firing = (18, 42),
            Below = """
                mcp_errors_total{error_type="validation",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +6
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +6
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +14
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +10
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10
                """,
            Others =
            [
                new("too few", false, """
                    mcp_errors_total{error_type="validation",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +2.67
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +2.67
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1
                    """),
                new("fewer later", true, """
                    mcp_errors_total{error_type="validation",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +10x20 +1
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +10x20 +1
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10x30 +1
                    """),
                new("alone", true, """
                    mcp_errors_total{error_type="validation",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +10x20 +0
                    """)
                {
                    InPrometheus = (16, 48),
                    Because = Difference.Kept,
                },
                new("alone, fewer later", true, """
                    mcp_errors_total{error_type="validation",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +10x20 +0.01
                    """),
                new("exactly enough at once", true, """
                    mcp_errors_total{error_type="validation",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +50x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +50x1 +0
                    """)
                {
                    InPrometheus = (12, 29),
                    Because = Difference.Kept,
                },
                .. ShareOthers.Of("mcp_errors_total{error_type=\"validation\",outcome=\"client_error\",operation_type=\"tools\",operation=\"prices\",dependency=\"none\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}", 15, 4),
            ],
        },
        new("McpToolsVanished", 0)
        {
            Fires = """
                mcp_unknown_operations_total{operation_type="tools"} +0x5 +5x15 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10
                mcp_start_time_seconds =0
                """,
            Firing = (8, 35),
            Below = """
                mcp_unknown_operations_total{operation_type="tools"} +2
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +20
                mcp_start_time_seconds =0
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10
                mcp_start_time_seconds =0
                """,
            Others =
            [
                new("fewer later", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +5x15 +0.5
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10x20 +1
                    mcp_start_time_seconds =0
                    """),
                new("alone", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +5x15 +0
                    mcp_start_time_seconds =0
                    """)
                {
                    InPrometheus = (8, 38),
                    Because = Difference.Kept,
                },
                new("alone, fewer later", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +5x15 +0.001
                    mcp_start_time_seconds =0
                    """),
                new("exactly enough at once", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x5 +20x1 +0
                    mcp_start_time_seconds =0
                    """)
                {
                    InPrometheus = (7, 24),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +9x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x5 +1x1 +0
                    mcp_start_time_seconds =0
                    """),
                new("just above the share", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +12x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x5 +100x1 +0
                    mcp_start_time_seconds =0
                    """)
                {
                    InPrometheus = (7, 24),
                    Because = Difference.Kept,
                },
                new("at the last moment", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x13 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x13 +20x1 +0
                    mcp_start_time_seconds =0
                    """)
                {
                    InPrometheus = (15, 32),
                    Because = Difference.Kept,
                },
                new("too late", false, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x16 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x16 +20x1 +0
                    mcp_start_time_seconds =0
                    """),
                new("its start gone", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x5 +20x1 +0
                    mcp_start_time_seconds =0x6 _
                    """)
                {
                    InPrometheus = (7, 24),
                    Because = Difference.Kept,
                },
                new("slowly", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x1 +0.9
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x1 +1
                    mcp_start_time_seconds =0
                    """),
                new("many calls later", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x5 +5
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x25 +1000x1 +0
                    mcp_start_time_seconds =0
                    """),
                new("above the share by one", true, """
                    mcp_unknown_operations_total{operation_type="tools"} +0x1 +10x1 +0x9 +1x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x1 +105x1 +0
                    mcp_start_time_seconds =0
                    """)
                {
                    InPrometheus = (13, 30),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpNoTraffic", 0)
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x1 +1x99 +0x1400 +1
                """,
            Firing = (1383, 1504),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x1 +1x99 +0x1270 +1x1 +0x60 +1
                """,
            NoData = """
                mcp_start_time_seconds =0
                """,
            Minutes = 1560,
            Others =
            [
                new("never any", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0
                    """),
                new("over an hour of yesterday", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x1 +1x29 +0
                    """),
                new("some since", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x1 +1x99 +0x1220 +1x1 +0
                    """),
            ],
        },
    ];
}

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Single tools, resources and prompts.</summary>
internal static class OperationSamples
{
    public static IReadOnlyList<LevelSamples> All { get; } =
    [
        new("McpToolFailing", 0, "operation_type=\"tools\",operation=\"prices\"")
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x20 +5
                mcp_operations_total{operation_type="tools",operation="orders",outcome="success"} +9
                """,
            Firing = (12, 24),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +3x1 +0
                mcp_operations_total{operation_type="tools",operation="orders",outcome="success"} +9
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +9
                mcp_operations_total{operation_type="tools",operation="orders",outcome="success"} +9
                """,
            Others = StreakOthers.Of("McpToolFailing", 0, new("mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"server_error\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}")),
        },
        new("McpToolFailing", 1, "operation_type=\"tools\",operation=\"prices\"")
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x20 +5
                """,
            Firing = (15, 24),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x10 +0
                mcp_operations_total{operation_type="tools",operation="orders",outcome="success"} +9
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +9
                """,
            Others = StreakOthers.Of("McpToolFailing", 1, new("mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"server_error\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}")),
        },
        new("McpToolFailing", 2, "operation_type=\"tools\",operation=\"prices\"")
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +4x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +2
                """,
            Firing = (16, 24),
            InPrometheus = (16, 29),
            Because = Difference.Stopped,
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +10x30 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +11
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +9
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +2
                """,
            AlsoFires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +4x10 +0
                """,
            Others =
            [
                new("too few", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0.4
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0.1
                    """),
                new("fewer later", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +4x10 +0.3
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +2x20 +0.15
                    """),
                new("exactly enough at once", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +5x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +5x1 +0
                    """)
                {
                    InPrometheus = (12, 24),
                    Because = Difference.Kept,
                },
                .. ShareOthers.Of("mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"server_error\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}", 10, 0.5),
            ],
        },
        new("McpToolErrors", 0, "operation_type=\"tools\",operation=\"prices\"")
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x15 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +9
                """,
            Firing = (16, 34),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x30 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +20
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +9
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +9
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +5x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +95x1 +0
                    """)
                {
                    InPrometheus = (12, 24),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0.4
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1
                    """),
                new("fewer later", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +0x10 +1x15 +0.2
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +9x25 +1.8
                    """),
                .. ShareOthers.Of("mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"server_error\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}", 10, 0.5),
            ],
        },
        new("McpToolErrors", 1, "operation_type=\"tools\",operation=\"prices\"")
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="tool_error"} +0x10 +2x20 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1
                """,
            Firing = (19, 41),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="tool_error"} +0x10 +9x30 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +9
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1
                """,
            AlsoFires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="tool_error"} +0x10 +2x20 +0
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="tool_error"} +0x10 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +10x1 +0
                    """)
                {
                    InPrometheus = (12, 29),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="tool_error"} +0.53
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0.1
                    """),
                new("fewer later", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="tool_error"} +0x10 +2x20 +0.2
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1x30 +0.1
                    """),
                .. ShareOthers.Of("mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"tool_error\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}", 15, 0.75),
            ],
        },
        new("McpSlowOperations", 0, "operation_type=\"tools\",operation=\"prices\"")
        {
            Fires = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0x20 +20
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x20 +10x20 +0
                """,
            Firing = (25, 47),
            InPrometheus = (25, 48),
            Because = Difference.WindowStart,
            Below = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0x20 +20
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.5s +0x20 +10x20 +0
                """,
            NoData = """
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0
                mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="error"} 3s +0x20 +10x20 +0
                """,
            Minutes = 80,
            Others =
            [
                new("too few", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x20 +3.5
                    """),
                new("fewer later", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x20 +10x20 +1
                    """),
                new("never fast", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +10
                    """),
                new("just above the limit", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.6s +0x20 +10
                    """),
                new("slightly above the limit", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0x10 +94
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.6s +0x30 +6
                    """)
                {
                    InPrometheus = (35, 79),
                    Because = Difference.WindowStart,
                },
                new("at the limit", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.3s +0x30 +19
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x30 +1
                    """),
                new("exactly enough", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x30 +4
                    """),
                new("armed by exactly enough", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x1 +100x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x20 +10
                    """),
                new("too few to be armed", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x1 +90x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x20 +10
                    """),
                new("armed just below its target", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x1 +88x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.2s +0x1 +12x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x20 +10
                    """),
                new("armed at its target", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.15s +0x1 +190x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x1 +10x1 +0x18 +10
                    """),
                new("not armed above its target", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x1 +188x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.3s +0x1 +12x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x20 +10
                    """),
                new("armed over an hour", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x1 +60x1 +0x43 +60x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x50 +10
                    """),
                new("not armed over longer", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x1 +60x1 +0x88 +60x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x95 +10
                    """)
                {
                    Minutes = 130,
                },
                new("slow within the hour before", false, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x40 +150x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x1 +50x1 +0x48 +10
                    """),
                new("slow before that hour", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +0x70 +150x1 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x1 +50x1 +0x78 +10
                    """)
                {
                    Minutes = 110,
                },
                new("armed hours ago", true, """
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 0.1s +20x20 +0
                    mcp_operation_duration_seconds{operation_type="tools",operation="prices",status="success"} 3s +0x1000 +10
                    """)
                {
                    Minutes = 1030,
                },
            ],
        },
        new("McpOperationStuck", 0, "operation_type=\"tools\"")
        {
            Fires = """
                mcp_active_request_age_seconds{operation_type="tools"} =0x10 =121x10 =0
                """,
            Firing = (10, 24),
            Below = """
                mcp_active_request_age_seconds{operation_type="tools"} =0x10 =120x10 =0
                mcp_active_request_age_seconds{operation_type="function"} =500
                """,
            NoData = """
                mcp_active_requests{operation_type="tools"} =1
                """,
            Others =
            [
                new("gone", true, """
                    mcp_active_request_age_seconds{operation_type="tools"} =0x10 =121x10 _
                    """)
                {
                    InPrometheus = (10, 26),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpClientLooping", 0, "operation_type=\"tools\",operation=\"prices\"")
        {
            Fires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +20x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x20 +5
                """,
            Firing = (14, 24),
            Below = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +9x30 +0
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="server_error"} +20
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0
                """,
            AlsoFires = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +20x10 +0
                """,
            Others =
            [
                new("too few", false, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +8
                    """),
                new("exactly enough at once", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +50x1 +0
                    """)
                {
                },
                new("one success before", true, """
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="client_error"} +0x10 +20x10 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x11 +1x1 +0
                    """),
            ],
        },
    ];
}

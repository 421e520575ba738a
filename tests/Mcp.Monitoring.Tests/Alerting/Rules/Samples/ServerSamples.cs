namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Transport, HTTP, authentication, load, health, and the monitoring itself.</summary>
internal static class ServerSamples
{
    public static IReadOnlyList<LevelSamples> All { get; } =
    [
        new("McpTransportErrors", 0)
        {
            Fires = """
                mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +4x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +20
                """,
            Firing = (14, 27),
            Below = """
                mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +4x30 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +100
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +20
                mcp_errors_total{error_type="transport",outcome="client_error",operation_type="protocol",operation="prices",dependency="none"} +4
                """,
            AlsoFires = """
                mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +4x10 +0
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +200x1 +0
                    """)
                {
                    InPrometheus = (12, 19),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +1.6
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1
                    """),
                new("fewer later", true, """
                    mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +4x10 +0.4
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +20x20 +2
                    """),
                new("alone", true, """
                    mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +4x10 +0
                    """)
                {
                    InPrometheus = (14, 28),
                    Because = Difference.Kept,
                },
                new("alone, fewer later", true, """
                    mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +4x10 +0.001
                    """),
                new("functions", true, """
                    mcp_errors_total{error_type="transport",outcome="server_error",operation_type="protocol",operation="prices",dependency="none"} +0x10 +4x10 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +20
                    mcp_operations_total{operation_type="function",operation="prices",outcome="success"} +1000
                    """),
                .. ShareOthers.Of("mcp_errors_total{error_type=\"transport\",outcome=\"server_error\",operation_type=\"protocol\",operation=\"prices\",dependency=\"none\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}", 5, 2),
            ],
        },
        new("McpHttpErrors", 0)
        {
            Fires = """
                mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="503",kind="unary"} 0.1s +0x10 +2x10 +0
                mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="200",kind="unary"} 0.1s +8
                """,
            Firing = (14, 27),
            Below = """
                mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="503",kind="unary"} 0.1s +0x10 +1x30 +0
                mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="404",kind="unary"} 0.1s +20
                """,
            NoData = """
                mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="404",kind="unary"} 0.1s +20
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="503",kind="unary"} 0.1s +0x10 +5x1 +0
                    mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="200",kind="unary"} 0.1s +0x10 +95x1 +0
                    """)
                {
                    InPrometheus = (12, 19),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="503",kind="unary"} 0.1s +0.8
                    mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="200",kind="unary"} 0.1s +1
                    """),
                new("fewer later", true, """
                    mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="503",kind="unary"} 0.1s +0x10 +2x10 +0.4
                    mcp_http_request_duration_seconds{method="POST",route="/mcp",status_code="200",kind="unary"} 0.1s +8x20 +1.6
                    """),
            ],
        },
        new("McpAuthBroken", 0)
        {
            Fires = """
                mcp_errors_total{error_type="auth",outcome="server_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +1x10 +0
                """,
            Firing = (14, 26),
            Below = """
                mcp_errors_total{error_type="auth",outcome="server_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +1x2 +0
                """,
            NoData = """
                mcp_errors_total{error_type="auth",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +5
                """,
            Others =
            [
                new("fewer later", true, """
                    mcp_errors_total{error_type="auth",outcome="server_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +1x10 +0.32
                    """),
            ],
        },
        new("McpAuthRefused", 0)
        {
            Fires = """
                mcp_errors_total{error_type="auth",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +5x10 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10
                """,
            Firing = (15, 30),
            Below = """
                mcp_errors_total{error_type="auth",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +5x30 +0
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +30
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10
                mcp_errors_total{error_type="auth",outcome="server_error",operation_type="tools",operation="prices",dependency="none"} +5
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +40x1 +0
                    """)
                {
                    InPrometheus = (12, 24),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0.8
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1
                    """),
                new("fewer later", true, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x10 +5x10 +0.2
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +10x20 +0.4
                    """),
                new("of HTTP alone", true, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="http",operation="prices",dependency="none"} +0x10 +5x10 +0.5
                    """),
                new("of HTTP among all", false, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="http",operation="prices",dependency="none"} +0x10 +10x1 +0
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x10 +45x1 +0
                    """),
                new("many of HTTP before", true, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="http",operation="prices",dependency="none"} +0x5 +1000x1 +0
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="tools",operation="prices",dependency="none"} +0x12 +3
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x12 +7
                    """),
                new("of HTTP alone, many before", true, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="http",operation="prices",dependency="none"} +0x5 +1000x1 +0x9 +2
                    """),
                new("many requests before, some of HTTP", true, """
                    mcp_errors_total{error_type="auth",outcome="client_error",operation_type="http",operation="prices",dependency="none"} +0x13 +10
                    mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +0x5 +100000x1 +0
                    """),
                .. ShareOthers.Of("mcp_errors_total{error_type=\"auth\",outcome=\"client_error\",operation_type=\"tools\",operation=\"prices\",dependency=\"none\"}", "mcp_operations_total{operation_type=\"tools\",operation=\"prices\",outcome=\"success\"}", 10, 1),
            ],
        },
        new("McpActiveRequestsHigh", 0)
        {
            Fires = """
                mcp_active_requests{operation_type="tools"} =10x10 =101x10 =10
                """,
            Firing = (15, 24),
            Below = """
                mcp_active_requests{operation_type="tools"} =100
                mcp_active_requests{operation_type="http"} =500
                """,
            NoData = """
                mcp_sessions_active =500
                """,
            Others =
            [
                new("gone", true, """
                    mcp_active_requests{operation_type="tools"} =10x10 =101x10 _
                    """)
                {
                    InPrometheus = (15, 26),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpHealthUnhealthy", 0, "check=\"db\"")
        {
            Fires = """
                mcp_health_check_status{check="db",status="unhealthy"} =0x10 =1x10 =0
                """,
            Firing = (12, 24),
            Below = """
                mcp_health_check_status{check="db",status="unhealthy"} =0x10 =1x2 =0
                mcp_health_check_status{check="db",status="degraded"} =1
                """,
            NoData = """
                mcp_health_check_status{check="db",status="healthy"} =1
                """,
            Others =
            [
                new("gone", true, """
                    mcp_health_check_status{check="db",status="unhealthy"} =0x10 =1x10 _
                    """)
                {
                    InPrometheus = (12, 26),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpSeriesLimited", 0, "metric=\"mcp_operations_total\"")
        {
            Fires = """
                mcp_monitoring_limited_series_total{metric="mcp_operations_total"} +0x10 +1x1 +0
                """,
            Firing = (10, 19),
            Below = """
                mcp_monitoring_limited_series_total{metric="mcp_operations_total"} +0
                """,
            NoData = """
                mcp_monitoring_dropped_total{component="alerting",reason="full"} +1
                """,
        },
        new("McpMetricsAbsent", 0)
        {
            Fires = """
                mcp_start_time_seconds =1x80 _x100 =1
                """,
            Firing = (82, 184),
            InPrometheus = (84, 146),
            Because = Difference.ExportedOnly,
            Below = """
                mcp_start_time_seconds =1
                """,
            NoData = """
                mcp_operations_total{operation_type="tools",operation="prices",outcome="success"} +1
                """,
            Minutes = 240,
            Others =
            [
                new("never started", false, """
                    mcp_start_time_seconds =0x80 _
                    """),
                new("no longer started", true, """
                    mcp_start_time_seconds =1x80 =0
                    """),
            ],
        },
    ];
}

namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Calls of dependencies, breakers and retries.</summary>
internal static class IntegrationSamples
{
    public static IReadOnlyList<LevelSamples> All { get; } =
    [
        new("McpIntegrationDown", 0, "dependency=\"1c\"")
        {
            Fires = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="error"} 0.1s +0x10 +1x10 +0
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +0x20 +5
                mcp_integration_call_duration_seconds{dependency="crm",call="get",outcome="success"} 0.1s +5
                """,
            Firing = (12, 24),
            Below = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="error"} 0.1s +0x10 +3x1 +0
                mcp_integration_call_duration_seconds{dependency="crm",call="get",outcome="success"} 0.1s +5
                """,
            NoData = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="rejected"} 0.1s +5
                mcp_integration_call_duration_seconds{dependency="crm",call="get",outcome="success"} 0.1s +5
                """,
            Others = StreakOthers.Of("McpIntegrationDown", 0, new("mcp_integration_call_duration_seconds{dependency=\"1c\",call=\"get\",outcome=\"timeout\"} 0.1s", "mcp_integration_call_duration_seconds{dependency=\"1c\",call=\"get\",outcome=\"success\"} 0.1s")),
        },
        new("McpIntegrationDown", 1, "dependency=\"1c\"")
        {
            Fires = """
                mcp_integration_call_duration_seconds{dependency="1c",call="probe",outcome="error"} 0.1s +0x10 +2x10 +0
                mcp_integration_call_duration_seconds{dependency="1c",call="probe",outcome="success"} 0.1s +0x20 +2
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +5
                """,
            Firing = (11, 24),
            Below = """
                mcp_integration_call_duration_seconds{dependency="1c",call="probe",outcome="error"} 0.1s +0x10 +3x1 +0
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +5
                """,
            NoData = """
                mcp_integration_call_duration_seconds{dependency="1c",call="probe",outcome="rejected"} 0.1s +5
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +5
                """,
            Others = StreakOthers.Of("McpIntegrationDown", 1, new("mcp_integration_call_duration_seconds{dependency=\"1c\",call=\"probe\",outcome=\"timeout\"} 0.1s", "mcp_integration_call_duration_seconds{dependency=\"1c\",call=\"probe\",outcome=\"success\"} 0.1s")),
        },
        new("McpIntegrationErrors", 0, "dependency=\"1c\"")
        {
            Fires = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="error"} 0.1s +0x10 +2x10 +0
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +8
                """,
            Firing = (14, 26),
            Below = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="error"} 0.1s +0x10 +2x30 +0
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +19
                """,
            NoData = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +8
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="rejected"} 0.1s +8
                """,
            AlsoFires = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="timeout"} 0.1s +0x10 +2x10 +0
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="error"} 0.1s +0x10 +5x1 +0
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +0x10 +45x1 +0
                    """)
                {
                    InPrometheus = (12, 19),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="error"} 0.1s +0.8
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +1
                    """),
                new("fewer later", true, """
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="error"} 0.1s +0x10 +2x10 +0.4
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +8x20 +1.6
                    """),
            ],
        },
        new("McpCircuitBreakerOpen", 0, "dependency=\"1c\"")
        {
            Fires = """
                mcp_circuit_breaker_state{dependency="1c",state="open"} =0x10 =1x10 =0
                mcp_circuit_breaker_state{dependency="1c",state="closed"} =1x10 =0x10 =1
                """,
            Firing = (11, 24),
            Below = """
                mcp_circuit_breaker_state{dependency="1c",state="half_open"} =0x10 =1x1 =0
                mcp_circuit_breaker_state{dependency="1c",state="isolated"} =0x20 =1
                """,
            NoData = """
                mcp_circuit_breaker_rejected_total{dependency="1c"} +5
                """,
            Others =
            [
                new("gone", true, """
                    mcp_circuit_breaker_state{dependency="1c",state="open"} =0x10 =1x10 _
                    """)
                {
                    InPrometheus = (11, 26),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpCircuitBreakerOpen", 1, "dependency=\"1c\"")
        {
            Fires = """
                mcp_circuit_breaker_state{dependency="1c",state="half_open"} =0x10 =1x10 =0
                mcp_circuit_breaker_rejected_total{dependency="1c"} +0x11 +1x8 +0
                """,
            Firing = (16, 24),
            Below = """
                mcp_circuit_breaker_state{dependency="1c",state="half_open"} =0x10 =1x10 =0
                mcp_circuit_breaker_rejected_total{dependency="1c"} +0x11 +1x4 +0
                """,
            NoData = """
                mcp_circuit_breaker_state{dependency="1c",state="open"} =0x10 =1x10 =0
                """,
            Others =
            [
                new("gone", true, """
                    mcp_circuit_breaker_state{dependency="1c",state="half_open"} =0x10 =1x10 _
                    mcp_circuit_breaker_rejected_total{dependency="1c"} +0x11 +1x8 +0
                    """)
                {
                    InPrometheus = (16, 26),
                    Because = Difference.Kept,
                },
                new("rejected before", true, """
                    mcp_circuit_breaker_state{dependency="1c",state="half_open"} =0x30 =1x20 =0
                    mcp_circuit_breaker_rejected_total{dependency="1c"} +0x10 +5x1 +0
                    """)
                {
                },
            ],
        },
        new("McpCircuitIsolated", 0, "dependency=\"1c\"")
        {
            Fires = """
                mcp_circuit_breaker_state{dependency="1c",state="isolated"} =0x10 =1x10 =0
                """,
            Firing = (10, 24),
            Below = """
                mcp_circuit_breaker_state{dependency="1c",state="isolated"} =0
                mcp_circuit_breaker_state{dependency="1c",state="open"} =1
                """,
            NoData = """
                mcp_circuit_breaker_rejected_total{dependency="1c"} +5
                """,
            Others =
            [
                new("gone", true, """
                    mcp_circuit_breaker_state{dependency="1c",state="isolated"} =0x10 =1x10 _
                    """)
                {
                    InPrometheus = (10, 26),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpRetriesHigh", 0, "dependency=\"1c\"")
        {
            Fires = """
                mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +4x10 +0
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +10
                """,
            Firing = (17, 28),
            Below = """
                mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +2x30 +0
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +10
                """,
            NoData = """
                mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +10
                mcp_retry_exhausted_total{dependency="1c"} +1
                """,
            AlsoFires = """
                mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +4x10 +0
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +21x1 +0
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +0x10 +100x1 +0
                    """)
                {
                    InPrometheus = (12, 24),
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +1.6
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +1
                    """),
                new("fewer later", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +4x10 +0.4
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +10x20 +1
                    """),
                new("of a database", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +4x10 +0.4
                    mcp_db_query_duration_seconds{dependency="1c",statement="select",outcome="success"} 0.01s +10x20 +1
                    """),
                new("alone", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +4x10 +0
                    """)
                {
                    InPrometheus = (16, 33),
                    Because = Difference.Kept,
                },
                new("alone, fewer later", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +4x10 +0.01
                    """),
                new("of calls and queries at the limit", false, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x10 +21x1 +0
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +0x10 +55x1 +0
                    mcp_db_query_duration_seconds{dependency="1c",statement="select",outcome="success"} 0.01s +0x10 +50x1 +0
                    """),
                new("many queries before", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x13 +20
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +0x13 +20
                    mcp_db_query_duration_seconds{dependency="1c",statement="select",outcome="success"} 0.01s +0x5 +100000x1 +0
                    """),
                new("many calls before, some queries", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x13 +20
                    mcp_db_query_duration_seconds{dependency="1c",statement="select",outcome="success"} 0.01s +0x13 +20
                    mcp_integration_call_duration_seconds{dependency="1c",call="get",outcome="success"} 0.1s +0x5 +100000x1 +0
                    """),
                new("many queries before, no calls", true, """
                    mcp_retry_attempts_total{dependency="1c",outcome="failure"} +0x13 +20
                    mcp_db_query_duration_seconds{dependency="1c",statement="select",outcome="success"} 0.01s +0x5 +100000x1 +0x7 +1
                    """),
                .. ShareOthers.Of("mcp_retry_attempts_total{dependency=\"1c\",outcome=\"failure\"}", "mcp_integration_call_duration_seconds{dependency=\"1c\",call=\"get\",outcome=\"success\"} 0.1s", 10, 2),
            ],
        },
        new("McpRetriesExhausted", 0, "dependency=\"1c\"")
        {
            Fires = """
                mcp_retry_exhausted_total{dependency="1c"} +0x10 +1x10 +0
                """,
            Firing = (16, 29),
            Below = """
                mcp_retry_exhausted_total{dependency="1c"} +0x10 +1x4 +0
                """,
            NoData = """
                mcp_retry_attempts_total{dependency="1c",outcome="failure"} +4
                """,
        },
    ];
}

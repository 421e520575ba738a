namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Databases, queues and caches.</summary>
internal static class DatabaseSamples
{
    public static IReadOnlyList<LevelSamples> All { get; } =
    [
        new("McpDatabaseErrors", 0, "dependency=\"stock\"")
        {
            Fires = """
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x10 +1x10 +0
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +9
                """,
            Firing = (16, 26),
            Below = """
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x10 +1x30 +0
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +20
                """,
            NoData = """
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="cancelled"} 0.01s +5
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +9
                """,
            AlsoFires = """
                mcp_db_connection_errors_total{dependency="stock"} +0x10 +2x10 +0
                """,
            Others =
            [
                new("exactly enough at once", true, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x10 +5x1 +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +0x10 +95x1 +0
                    """)
                {
                    InPrometheus = (12, 19),
                },
                new("too few", false, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0.8
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +1
                    """),
                new("fewer later", true, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x10 +1x10 +0.4
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +9x20 +3.6
                    """),
            ],
        },
        new("McpDbPoolExhausted", 0, "dependency=\"stock\"")
        {
            Fires = """
                mcp_db_connections_waiting{dependency="stock"} =0x10 =1x10 =0
                """,
            Firing = (11, 24),
            Below = """
                mcp_db_connections_waiting{dependency="stock"} =0x10 =1x1 =0
                """,
            NoData = """
                mcp_db_connections{dependency="stock",state="used"} =5
                """,
        },
        new("McpSlowQueries", 0, "dependency=\"stock\"")
        {
            Fires = """
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +10x10 +0x20 +10
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 3s +0x10 +10x20 +0
                """,
            Firing = (15, 37),
            InPrometheus = (15, 38),
            Because = "A window includes its start in Prometheus 2, and not in the process.",
            Below = """
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +10x10 +0x20 +10
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.5s +0x10 +10x20 +0
                """,
            NoData = """
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 3s +10
                """,
            Others =
            [
                new("too few", false, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +10x10 +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 3s +0x10 +3.5
                    """),
                new("fewer later", true, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +10x10 +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 3s +0x10 +10x20 +1
                    """),
            ],
        },
        new("McpQueueGrowing", 0, "queue=\"mail\"")
        {
            Fires = """
                mcp_queue_size{queue="mail"} =0x10 =80x10 =0
                mcp_queue_capacity{queue="mail"} =100
                """,
            Firing = (15, 24),
            Below = """
                mcp_queue_size{queue="mail"} =0x10 =79x10 =0
                mcp_queue_capacity{queue="mail"} =100
                """,
            NoData = """
                mcp_queue_size{queue="mail"} =80
                """,
        },
        new("McpQueueGrowing", 1, "queue=\"mail\"")
        {
            Fires = """
                mcp_queue_size{queue="mail"} =50x10 +20x20 =50
                """,
            Firing = (19, 34),
            Below = """
                mcp_queue_size{queue="mail"} =0x10 +5x20 =0
                """,
            NoData = """
                mcp_queue_capacity{queue="mail"} =100
                """,
        },
        new("McpCacheHitsLow", 0, "cache=\"prices\"")
        {
            Fires = """
                mcp_cache_requests_total{cache="prices",result="hit"} +50
                mcp_cache_requests_total{cache="prices",result="miss"} +40x35 +90x20 +0
                """,
            Firing = (43, 72),
            Below = """
                mcp_cache_requests_total{cache="prices",result="hit"} +50
                mcp_cache_requests_total{cache="prices",result="miss"} +50
                """,
            NoData = """
                mcp_cache_entries{cache="prices"} =100
                """,
            AlsoFires = """
                mcp_cache_requests_total{cache="prices",result="miss"} +40x40 +0
                """,
            Minutes = 110,
            Others =
            [
                new("too few", false, """
                    mcp_cache_requests_total{cache="prices",result="miss"} +30
                    """),
            ],
        },
    ];
}

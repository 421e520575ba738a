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
                    Because = Difference.Kept,
                },
                new("too few", false, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0.8
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +1
                    """),
                new("fewer later", true, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x10 +1x10 +0.4
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +9x20 +3.6
                    """),
                new("of connections alone", true, """
                    mcp_db_connection_errors_total{dependency="stock"} +0x10 +2x10 +0
                    """)
                {
                    InPrometheus = (14, 28),
                    Because = Difference.Kept,
                },
                new("of connections and queries", true, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x10 +3x1 +0
                    mcp_db_connection_errors_total{dependency="stock"} +0x10 +2x1 +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +0x10 +95x1 +0
                    """)
                {
                    InPrometheus = (12, 19),
                    Because = Difference.Kept,
                },
                new("of connections among many queries", false, """
                    mcp_db_connection_errors_total{dependency="stock"} +0x10 +5x1 +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x10 +1x1 +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +0x10 +120x1 +0
                    """),
                new("cancelled ones", false, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0.8
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="cancelled"} 0.01s +20
                    """),
                new("of connections among many of them before", true, """
                    mcp_db_connection_errors_total{dependency="stock"} +0x5 +1000x1 +0x9 +1
                    """)
                {
                    InPrometheus = (7, 59),
                    Because = Difference.Stopped,
                },
                new("queries after many connections", true, """
                    mcp_db_connection_errors_total{dependency="stock"} +0x5 +1000x1 +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0x8 +1
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +0x8 +9
                    """)
                {
                    InPrometheus = (7, 59),
                    Because = Difference.Stopped,
                },
                new("many queries before, with connections", true, """
                    mcp_db_connection_errors_total{dependency="stock"} +0x8 +5
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +0x5 +10000x1 +0
                    """),
                .. ShareOthers.Of("mcp_db_query_duration_seconds{dependency=\"stock\",statement=\"select\",outcome=\"error\"} 0.01s", "mcp_db_query_duration_seconds{dependency=\"stock\",statement=\"select\",outcome=\"success\"} 0.01s", 5, 1),
                new("too few of both", false, """
                    mcp_db_connection_errors_total{dependency="stock"} +0.4
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="error"} 0.01s +0.4
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +2
                    """),
                new("too few of connections", false, """
                    mcp_db_connection_errors_total{dependency="stock"} +0.8
                    """),
                new("of connections below the share", false, """
                    mcp_db_connection_errors_total{dependency="stock"} +1
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +19.4
                    """),
                new("of connections above the share", true, """
                    mcp_db_connection_errors_total{dependency="stock"} +0x10 +1
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +0x10 +18.4
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
            Others =
            [
                new("gone", true, """
                    mcp_db_connections_waiting{dependency="stock"} =0x10 =1x10 _
                    """)
                {
                    InPrometheus = (11, 26),
                    Because = Difference.Kept,
                },
            ],
        },
        new("McpSlowQueries", 0, "dependency=\"stock\"")
        {
            Fires = """
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +10x10 +0x20 +10
                mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 3s +0x10 +10x20 +0
                """,
            Firing = (15, 37),
            InPrometheus = (15, 38),
            Because = Difference.WindowStart,
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
                new("slightly above the limit", true, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.01s +0x10 +94
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.6s +0x10 +6
                    """),
                new("at the limit", false, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 0.3s +0x10 +19
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 3s +0x10 +1
                    """),
                new("exactly enough", true, """
                    mcp_db_query_duration_seconds{dependency="stock",statement="select",outcome="success"} 3s +0x10 +4
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
            Others =
            [
                new("gone", true, """
                    mcp_queue_size{queue="mail"} =0x10 =80x10 _
                    mcp_queue_capacity{queue="mail"} =100
                    """)
                {
                    InPrometheus = (15, 26),
                    Because = Difference.Kept,
                },
                new("its capacity gone", true, """
                    mcp_queue_size{queue="mail"} =0x10 =80
                    mcp_queue_capacity{queue="mail"} =100x20 _
                    """)
                {
                    InPrometheus = (15, 26),
                    Because = Difference.Kept,
                },
            ],
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
            Others =
            [
                new("just above", true, """
                    mcp_queue_size{queue="mail"} =50x10 +6x12 =122
                    """)
                {
                    InPrometheus = (19, 27),
                    Because = Difference.WindowStart,
                },
                new("just at the limit", false, """
                    mcp_queue_size{queue="mail"} =50x10 +5x10 =100
                    """),
                new("large", false, """
                    mcp_queue_size{queue="mail"} =200
                    """),
                new("growing for less", false, """
                    mcp_queue_size{queue="mail"} =150x10 +5x8 =190
                    """),
                new("growing with a pause", false, """
                    mcp_queue_size{queue="mail"} =150x10 +5x6 =180x4 +5x6 =210
                    """),
                new("growing every other minute", false, """
                    mcp_queue_size{queue="mail"} =150x10 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +5x1 +0x1 +0
                    """),
            ],
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
                new("exactly enough at once", true, """
                    mcp_cache_requests_total{cache="prices",result="miss"} +0x5 +1000x1 +0
                    """)
                {
                    InPrometheus = (7, 39),
                    Because = Difference.Kept,
                },
                new("no hits", true, """
                    mcp_cache_requests_total{cache="prices",result="miss"} +40x40 +0
                    """)
                {
                    InPrometheus = (26, 73),
                    Because = Difference.Kept,
                },
                new("no hits, fewer later", true, """
                    mcp_cache_requests_total{cache="prices",result="miss"} +40x40 +0.05
                    """)
                {
                    InPrometheus = (26, 109),
                    Because = Difference.FewCalls,
                },
                new("fewer later", true, """
                    mcp_cache_requests_total{cache="prices",result="hit"} +10x40 +0.1
                    mcp_cache_requests_total{cache="prices",result="miss"} +40x40 +0.4
                    """),
                new("many hits before", true, """
                    mcp_cache_requests_total{cache="prices",result="hit"} +0x5 +9000x1 +0
                    mcp_cache_requests_total{cache="prices",result="miss"} +0x32 +600
                    """),
            ],
        },
    ];
}

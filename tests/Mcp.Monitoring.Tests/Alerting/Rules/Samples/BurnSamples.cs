namespace Mcp.Monitoring.Tests.Alerting.Rules.Samples;

/// <summary>Error budgets.</summary>
internal static class BurnSamples
{
    public static IReadOnlyList<LevelSamples> All { get; } =
    [
        new("McpAvailabilityBurn", 0, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="1h"} =0x10 =20x30 =1
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =0x10 =20x30 =0
                """,
            Firing = (12, 40),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="1h"} =20
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =14.4
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="1h"} =20
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =20
                """,
            Others = BurnOthers.Of("availability", "1h", "5m", 14.4),
        },
        new("McpAvailabilityBurn", 1, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="6h"} =0x10 =10x40 =1
                mcp_slo_burn_rate{slo="all",kind="availability",window="30m"} =0x10 =10x40 =1
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =0x10 =10x40 =0
                """,
            Firing = (25, 49),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="6h"} =6
                mcp_slo_burn_rate{slo="all",kind="availability",window="30m"} =10
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =10
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="6h"} =10
                mcp_slo_burn_rate{slo="all",kind="latency",window="30m"} =10
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =10
                """,
            Minutes = 80,
            Others = BurnOthers.Of("availability", "6h", "30m", 6),
        },
        new("McpLatencyBurn", 0, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="1h"} =0x10 =20x30 =1
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =0x10 =20x30 =0
                """,
            Firing = (12, 40),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="1h"} =20
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =14.4
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="1h"} =20
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =20
                """,
            Others = BurnOthers.Of("latency", "1h", "5m", 14.4),
        },
        new("McpLatencyBurn", 1, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="6h"} =0x10 =10x40 =1
                mcp_slo_burn_rate{slo="all",kind="latency",window="30m"} =0x10 =10x40 =1
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =0x10 =10x40 =0
                """,
            Firing = (25, 49),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="6h"} =6
                mcp_slo_burn_rate{slo="all",kind="latency",window="30m"} =10
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =10
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="6h"} =10
                mcp_slo_burn_rate{slo="all",kind="availability",window="30m"} =10
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =10
                """,
            Minutes = 80,
            Others = BurnOthers.Of("latency", "6h", "30m", 6),
        },
        new("McpBudgetSlowBurn", 0, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="1d"} =0x10 =4x100 =0
                mcp_slo_burn_rate{slo="all",kind="availability",window="2h"} =0x10 =4x100 =0
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =0x10 =4x100 =0
                """,
            Firing = (70, 114),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="1d"} =4
                mcp_slo_burn_rate{slo="all",kind="availability",window="2h"} =3
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =4
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="1d"} =4
                mcp_slo_burn_rate{slo="all",kind="latency",window="2h"} =4
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =4
                """,
            Minutes = 140,
            Others = BurnOthers.Of("availability", "1d", "2h", 3),
        },
        new("McpBudgetSlowBurn", 1, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="3d"} =0x10 =2x220 =0
                mcp_slo_burn_rate{slo="all",kind="availability",window="6h"} =0x10 =2x220 =0
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =0x10 =2x220 =0
                """,
            Firing = (190, 234),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="3d"} =2
                mcp_slo_burn_rate{slo="all",kind="availability",window="6h"} =1
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =2
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="3d"} =2
                mcp_slo_burn_rate{slo="all",kind="latency",window="6h"} =2
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =2
                """,
            Minutes = 260,
            Others = BurnOthers.Of("availability", "3d", "6h", 1),
        },
        new("McpBudgetSlowBurn", 2, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="1d"} =0x10 =4x100 =0
                mcp_slo_burn_rate{slo="all",kind="latency",window="2h"} =0x10 =4x100 =0
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =0x10 =4x100 =0
                """,
            Firing = (70, 114),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="1d"} =4
                mcp_slo_burn_rate{slo="all",kind="latency",window="2h"} =3
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =4
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="1d"} =4
                mcp_slo_burn_rate{slo="all",kind="availability",window="2h"} =4
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =4
                """,
            Minutes = 140,
            Others = BurnOthers.Of("latency", "1d", "2h", 3),
        },
        new("McpBudgetSlowBurn", 3, "slo=\"all\"")
        {
            Fires = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="3d"} =0x10 =2x220 =0
                mcp_slo_burn_rate{slo="all",kind="latency",window="6h"} =0x10 =2x220 =0
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =0x10 =2x220 =0
                """,
            Firing = (190, 234),
            Below = """
                mcp_slo_burn_rate{slo="all",kind="latency",window="3d"} =2
                mcp_slo_burn_rate{slo="all",kind="latency",window="6h"} =1
                mcp_slo_burn_rate{slo="all",kind="latency",window="5m"} =2
                """,
            NoData = """
                mcp_slo_burn_rate{slo="all",kind="availability",window="3d"} =2
                mcp_slo_burn_rate{slo="all",kind="availability",window="6h"} =2
                mcp_slo_burn_rate{slo="all",kind="availability",window="5m"} =2
                """,
            Minutes = 260,
            Others = BurnOthers.Of("latency", "3d", "6h", 1),
        },
    ];
}

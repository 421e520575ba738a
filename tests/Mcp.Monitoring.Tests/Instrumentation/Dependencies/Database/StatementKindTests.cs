using System.Data;
using Mcp.Monitoring.Instrumentation.Dependencies.Database;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;

public class StatementKindTests
{
    [Theory]
    [InlineData("SELECT 1", "select")]
    [InlineData("select\n1", "select")]
    [InlineData("  \t\r\n select 1", "select")]
    [InlineData("(SELECT 1) UNION (SELECT 2)", "select")]
    [InlineData("-- all of them\nSELECT 1", "select")]
    [InlineData("/* all /* of */ SELECT 1", "select")]
    [InlineData("/* a */ -- b\n /* c */ insert INTO t VALUES (1)", "insert")]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a", "select")]
    [InlineData("REPLACE INTO t VALUES (1)", "insert")]
    [InlineData("update t set a = 1", "update")]
    [InlineData("MERGE INTO t USING s ON 1 = 1", "update")]
    [InlineData("Delete from t", "delete")]
    [InlineData("TRUNCATE t", "delete")]
    [InlineData("EXEC sp_who", "procedure")]
    [InlineData("{call refresh()}", "other")]
    [InlineData("CALL refresh()", "procedure")]
    [InlineData("CREATE TABLE t (a int)", "other")]
    [InlineData("SELECTED", "other")]
    [InlineData("1", "other")]
    [InlineData("", "other")]
    [InlineData(null, "other")]
    [InlineData("-- only a comment", "other")]
    [InlineData("/* never closed", "other")]
    [InlineData("/", "other")]
    [InlineData("\uFEFFSELECT 1", "select")]
    [InlineData(";;SELECT 1", "select")]
    [InlineData("SET IMPLICIT_TRANSACTIONS OFF;\r\nSET NOCOUNT ON;\r\nINSERT INTO t VALUES (1)", "insert")]
    [InlineData("SET search_path TO a", "other")]
    [InlineData("SETTLE 1; SELECT 1", "other")]
    public void First_keyword_decides(string? text, string kind)
    {
        Assert.Equal(kind, StatementKinds.Of(text, CommandType.Text).Label());
    }

    [Theory]
    [InlineData(CommandType.StoredProcedure, "procedure")]
    [InlineData(CommandType.TableDirect, "select")]
    public void Type_of_the_command_decides_where_it_has_no_text_of_sql(CommandType type, string kind)
    {
        Assert.Equal(kind, StatementKinds.Of("orders", type).Label());
    }
}

using Mcp.Monitoring.Errors;

namespace Mcp.Monitoring.Tests.Errors;

public sealed class MethodNameTests
{
    [Theory]
    [InlineData("Shop.Orders", "Find", "Shop.Orders", "Find")]
    [InlineData("Shop.Orders", ".ctor", "Shop.Orders", ".ctor")]
    [InlineData("Shop.Orders+Line", "Add", "Shop.Orders.Line", "Add")]
    [InlineData("Shop.Repository`2", "Find", "Shop.Repository", "Find")]
    [InlineData("Shop.Repository`1+Row`1[[System.__Canon, System.Private.CoreLib],[System.Int32]]", "Find", "Shop.Repository.Row", "Find")]
    [InlineData("Shop.Orders+<FindAsync>d__3", "MoveNext", "Shop.Orders", "FindAsync")]
    [InlineData("Shop.Orders+<FindAsync>d__3`1", "MoveNext", "Shop.Orders", "FindAsync")]
    [InlineData("Shop.Orders+<Lines>d__1", "System.IDisposable.Dispose", "Shop.Orders", "Lines")]
    [InlineData("Shop.Orders+<>c", "<Find>b__5_0", "Shop.Orders", "Find { <lambda> }")]
    [InlineData("Shop.Orders+<>c__DisplayClass5_0", "<Find>b__1", "Shop.Orders", "Find { <lambda> }")]
    [InlineData("Shop.Orders+<>c__DisplayClass5_0+<<Find>b__1>d", "MoveNext", "Shop.Orders", "Find { <lambda> }")]
    [InlineData("Shop.Orders", "<Find>g__Check|5_0", "Shop.Orders", "Find.Check")]
    [InlineData("Shop.Orders+<<Find>g__Check|5_0>d", "MoveNext", "Shop.Orders", "Find.Check")]
    [InlineData("Program", "<Main>$", "Program", "Main")]
    [InlineData("Program+<<Main>$>d__0", "MoveNext", "Program", "Main")]
    [InlineData("Program+<>c", "<<Main>$>b__0_3", "Program", "Main { <lambda> }")]
    [InlineData("Program", "<<Main>$>g__Handle|0_1", "Program", "Main.Handle")]
    [InlineData("Shop.Point", "<Clone>$", "Shop.Point", "Clone")]
    [InlineData("Shop.Orders", "Shop.IOrders.Find", "Shop.Orders", "Shop.IOrders.Find")]
    [InlineData("Shop.Orders+<>c", "<>m__Finally1", "Shop.Orders", "<>m__Finally1")]
    [InlineData("Shop.Orders", "<", "Shop.Orders", "<")]
    [InlineData("", "lambda_method7", null, "lambda_method7")]
    [InlineData(null, "lambda_method7", null, "lambda_method7")]
    public void Names_are_those_that_a_person_wrote(string? type, string method, string? module, string function)
    {
        Assert.Equal(new MethodName(module, function), MethodName.Of(type, method));
    }
}

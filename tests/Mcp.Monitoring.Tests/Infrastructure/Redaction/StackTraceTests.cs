using Mcp.Monitoring.Infrastructure.Redaction;

namespace Mcp.Monitoring.Tests.Infrastructure.Redaction;

/// <summary>The compiler puts the names of methods in angles: these are no elements, and the lines behind them are what a stack trace is for.</summary>
public class StackTraceTests
{
    private const string Rest = " in /src/Orders.cs:line 42\n--- End of stack trace from previous location ---\n   at Mcp.Orders.Run(Order order) in /src/Orders.cs:line 7\n   at Mcp.Program.<Main>(String[] args)";

    private static readonly string[] Names =
    [
        "Password", "GetToken", "RefreshToken", "ResetPassword", "ReadSecret", "ApiKey", "AccessKey", "Credentials", "Pass", "Pwd", "Passphrase", "ConnectionString", "Authorization", "Cookie", "Пароль",
        "Токен", "ПарольПользователя", "token", "password", "Pin", "Otp", "Jwt", "Tokens", "Secrets",
    ];

    private static readonly string[] Forms =
    [
        "Mcp.Auth.<>c.<<{0}>b__0_0>d.MoveNext()", "Mcp.Auth.<{0}>d__5.MoveNext()", "Mcp.Auth.<{0}>g__Check|3_0(Order o)", "Mcp.Auth.<>c.<{0}>b__3_0(Order o)", "<{0}>d__5.MoveNext()",
        "Mcp.Auth.<>c__DisplayClass3_0.<<{0}>b__0>d.MoveNext()", "Mcp.Auth.<{0}>k__BackingField", "<{0}>k__BackingField", "Mcp.Auth.<>c__DisplayClass0_0.<<{0}>g__Check|0>d.MoveNext()",
        "Mcp.Auth.<<{0}>g__Check|0_0>d.MoveNext()", "Mcp.Auth.<{0}>d__1`1.MoveNext()", "System.Collections.Generic.List`1<{0}>.Add({0} item)", "System.Threading.Tasks.Task<{0}>.Get()", "Mcp.Handler<{0}>.Run()",
        "Mcp.Handler<{0}, Order>.Run()", "Mcp.IHandler<Mcp.{0}>.Run({0} one)", "Mcp.Cache`2[System.String,Mcp.{0}].Get(String key)", "Mcp.Auth.{0}({0} one, CancellationToken token)",
    ];

    public static TheoryData<string> All => [.. Names.SelectMany(name => Forms.Select(form => string.Format(null, form, name)))];

    [Theory]
    [MemberData(nameof(All))]
    public void Name_of_the_compiler_is_no_element(string method)
    {
        string trace = $"System.InvalidOperationException: Order 42 was not found\n   at {method}{Rest}";

        Assert.Same(trace, SecretScrubber.Scrub(trace));
        Assert.Same(method, SecretScrubber.Scrub(method));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Name_of_the_compiler_does_not_hide_a_secret_behind_it(string method)
    {
        Assert.Equal($"at {method}{Rest}\n<password>***</password> of ***", SecretScrubber.Scrub($"at {method}{Rest}\n<password>hunter2</password> of " + "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789"));
    }

    [Fact]
    public async Task Exceptions_of_methods_that_are_named_for_secrets_stay_as_they_are()
    {
        Func<Task>[] all =
        [
            () => GetTokenAsync(),
            () => RefreshToken<string>(),
            () => Task.Run(() => ResetPassword(1)),
            () => Task.Run(() => Passwords(1).ToList()),
            async () => await Tokens().ToListAsync(),
            () => Secret!,
        ];

        foreach (Func<Task> one in all)
        {
            string text = (await Record.ExceptionAsync(one))!.ToString();

            Assert.Equal(text, SecretScrubber.Scrub(text));
        }
    }

    private static Task Secret => ((Func<Task>)(async () =>
    {
        await Task.Yield();
        throw new InvalidOperationException("Order 42 was not found");
    }))();

    private static async Task GetTokenAsync()
    {
        Func<Task> password = async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("Order 42 was not found");
        };
        await password();
    }

    private static async Task<T> RefreshToken<T>()
    {
        return await Token(42);

        static async Task<T> Token(int order)
        {
            await Task.Yield();
            throw new InvalidOperationException($"Order {order} was not found");
        }
    }

    private static void ResetPassword(int count)
    {
        foreach (int one in Enumerable.Repeat(1, count).Select(one => Password(one)))
        {
            Assert.Fail($"{one}");
        }

        static int Password(int order) => throw new InvalidOperationException($"Order {order} was not found");
    }

    private static IEnumerable<int> Passwords(int order)
    {
        yield return order;
        throw new InvalidOperationException($"Order {order} was not found");
    }

    private static async IAsyncEnumerable<int> Tokens()
    {
        await Task.Yield();
        yield return 1;
        throw new InvalidOperationException("Order 42 was not found");
    }
}

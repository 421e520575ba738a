using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

/// <summary>Every answer of a real server carries the id, however it came about, and so does what the server logs of the request.</summary>
public class UnhandledExceptionTests
{
    private const string Unhandled = "An unhandled exception was thrown by the application", Id = "ticket-7";

    private static readonly Dictionary<string, (Action<WebApplication> Map, int Status)> Ways = new(StringComparer.Ordinal)
    {
        ["exception of an endpoint"] = (app => app.MapGet("/a", string () => throw new InvalidOperationException("no")), 500),
        ["exception later"] = (app => app.MapGet("/a", async Task<string> () => { await Task.Yield(); throw new InvalidOperationException("no"); }), 500),
        ["exception before routing"] = (app => { app.Use(Failing); app.UseRouting(); }, 500),
        ["exception of a branch"] = (app => app.Map("/a", branch => branch.Run(_ => throw new InvalidOperationException("no"))), 500),
        ["exception after headers"] = (app => app.MapGet("/a", Task (HttpContext http) =>
        {
            http.Response.StatusCode = 201;
            http.Response.ContentType = "text/plain";
            http.Response.ContentLength = 7;
            http.Response.Headers["X-Other"] = "1";
            throw new InvalidOperationException("no");
        }), 500),
        ["exception after the headers were cleared"] = (app => app.MapGet("/a", Task (HttpContext http) =>
        {
            http.Response.Clear();
            throw new InvalidOperationException("no");
        }), 500),
        ["exception in the page for exceptions"] = (app =>
        {
            app.UseExceptionHandler(page => page.Run(_ => throw new InvalidOperationException("page")));
            app.MapGet("/a", string () => throw new InvalidOperationException("no"));
        }, 500),
        ["page for exceptions that is executed again"] = (app =>
        {
            app.UseExceptionHandler("/page");
            app.MapGet("/page", () => Results.Text("sorry"));
            app.MapGet("/a", string () => throw new InvalidOperationException("no"));
        }, 500),
        ["page for exceptions that is not there"] = (app =>
        {
            app.UseExceptionHandler("/page");
            app.MapGet("/a", string () => throw new InvalidOperationException("no"));
        }, 500),
        ["developer's page"] = (app =>
        {
            app.UseDeveloperExceptionPage();
            app.MapGet("/a", string () => throw new InvalidOperationException("no"));
        }, 500),
        ["exception while a middleware holds the body"] = (app =>
        {
            app.Use(async (http, next) =>
            {
                http.Response.Body = new MemoryStream();
                await next(http);
            });
            app.MapGet("/a", async (HttpContext http) =>
            {
                await http.Response.WriteAsync("half");
                throw new InvalidOperationException("no");
            });
        }, 500),
        ["exception with a cookie and a trailer announced"] = (app => app.MapGet("/a", Task (HttpContext http) =>
        {
            http.Response.Cookies.Append("a", "b");
            http.Response.DeclareTrailer("X-Sum");
            throw new InvalidOperationException("no");
        }), 500),
        ["fewer bytes than announced, none sent"] = (app => app.MapGet("/a", http =>
        {
            http.Response.ContentLength = 50;
            http.Response.BodyWriter.Write("abc"u8);
            return Task.CompletedTask;
        }), 500),
        ["length announced, nothing written, later"] = (app => app.MapGet("/a", async http =>
        {
            await Task.Yield();
            http.Response.ContentLength = 50;
        }), 500),
        ["failure with bytes in the writer"] = (app => app.MapGet("/a", Task (HttpContext http) =>
        {
            http.Response.BodyWriter.Write("half"u8);
            throw new InvalidOperationException("no");
        }), 500),
        ["failure of a serializer halfway"] = (app => app.MapGet("/a", () => Results.Json(Halfway())), 500),
        ["failure with many bytes in the writer and a length"] = (app => app.MapGet("/a", Task (HttpContext http) =>
        {
            http.Response.ContentLength = 100_000;
            http.Response.BodyWriter.Write(new byte[50_000]);
            throw new InvalidOperationException("no");
        }), 500),
        ["refusal that is thrown"] = (app => app.MapGet("/a", string () => throw new BadHttpRequestException("too large", 413)), 413),
        ["page for status codes"] = (app => { app.UseStatusCodePages(); app.MapGet("/a", () => Results.StatusCode(418)); }, 418),
        ["page for status codes that is executed again"] = (app => { app.UseStatusCodePagesWithReExecute("/{0}"); app.MapGet("/404", () => "gone"); }, 404),
        ["nothing at all"] = (_ => { }, 404),
        ["method that is not allowed"] = (app => app.MapPost("/a", () => "ok"), 405),
        ["short circuit"] = (app => app.MapGet("/a", () => "ok").ShortCircuit(), 200),
        ["short circuit by a prefix"] = (app => app.MapShortCircuit(410, "a"), 410),
        ["headers that are cleared"] = (app => app.MapGet("/a", http =>
        {
            http.Response.Headers[WebApp.Header] = "other";
            http.Response.Headers.Clear();
            return http.Response.WriteAsync("ok");
        }), 200),
        ["headers that are cleared at the start"] = (app => app.MapGet("/a", http =>
        {
            http.Response.OnStarting(() => { http.Response.Headers.Clear(); return Task.CompletedTask; });
            return http.Response.WriteAsync("ok");
        }), 200),
        ["empty answer"] = (app => app.MapGet("/a", () => Results.NoContent()), 204),
        ["answer of the host's own in place of the server's"] = (app => app.MapGet("/a", http =>
        {
            http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(http.Response.Body));
            return http.Response.WriteAsync("ok");
        }), 200),
    };

    public static MatrixTheoryData<string, int> AllWays => new(Ways.Keys, [1, 2]);

    // The page has said before it failed that nobody may keep the answer.
    public static MatrixTheoryData<string, int> Bare =>
        new(Ways.Keys.Where(way => way.StartsWith("exception", StringComparison.Ordinal) && !way.Contains("page", StringComparison.Ordinal)), [1, 2]);

    public static MatrixTheoryData<string, int> Unanswered => new(
        Ways.Keys.Where(way => way.StartsWith("exception", StringComparison.Ordinal) || way.StartsWith("failure", StringComparison.Ordinal) || way.Contains("announced,", StringComparison.Ordinal)), [1, 2]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task Answer_of_the_server_carries_the_id(string way, int version)
    {
        await using WebApp app = await WebApp.ListenAsync(Ways[way].Map);

        using HttpResponseMessage answer = await AskAsync(app, version);

        Assert.Equal(Ways[way].Status, (int)answer.StatusCode);
        Assert.Equal(Id, answer.Headers.GetValues(WebApp.Header).Single());
    }

    [Theory]
    [MemberData(nameof(Bare))]
    public async Task Bare_answer_is_that_of_the_server_and_no_header_of_the_application_is_left(string way, int version)
    {
        await using WebApp app = await WebApp.ListenAsync(Ways[way].Map);

        using HttpResponseMessage answer = await AskAsync(app, version);

        Assert.Equal(0, answer.Content.Headers.ContentLength);
        Assert.Equal(["Date", "Server", WebApp.Header], answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["Content-Length"], answer.Content.Headers.Select(header => header.Key));
    }

    [Theory]
    [MemberData(nameof(Unanswered))]
    public async Task Line_of_the_server_about_it_has_the_id_and_the_exception_is_counted_once(string way, int version)
    {
        await using WebApp app = await WebApp.ListenAsync(Ways[way].Map);

        using HttpResponseMessage answer = await AskAsync(app, version);

        Assert.Equal(Id, await IdsAsync(app, Unhandled));
        Assert.Equal(Id, await IdsAsync(app, "Request finished"));
        Assert.Equal(1, app.Counted().Count(line => line.StartsWith("error ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Exception_after_the_start_leaves_the_id_where_it_was_sent(int version)
    {
        await using WebApp app = await WebApp.ListenAsync(app => app.MapGet("/a", async http =>
        {
            await http.Response.Body.FlushAsync();
            throw new InvalidOperationException("no");
        }));

        using HttpResponseMessage answer = await AskAsync(app, version);

        Assert.Equal(Id, answer.Headers.GetValues(WebApp.Header).Single());
        Assert.Equal(Id, await IdsAsync(app, Unhandled));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    public async Task Method_makes_no_difference(string method)
    {
        await using WebApp app = await WebApp.ListenAsync(app => app.Map("/a", string () => throw new InvalidOperationException("no")));

        using HttpResponseMessage answer = await AskAsync(app, 1, new HttpMethod(method), method == "POST" ? new StringContent(new string('a', 100_000)) : null);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(Id, answer.Headers.GetValues(WebApp.Header).Single());
    }

    [Fact]
    public async Task Body_that_is_too_large_is_refused_with_the_id_and_the_connection_is_closed()
    {
        await using WebApp app = await WebApp.ListenAsync(app => app.MapPost("/a", async http =>
        {
            http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = 10;
            await http.Request.Body.CopyToAsync(Stream.Null);
        }));

        using HttpResponseMessage answer = await AskAsync(app, 1, HttpMethod.Post, new StringContent("more than ten bytes"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(Id, answer.Headers.GetValues(WebApp.Header).Single());
        Assert.True(answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Connection_is_kept_and_the_next_request_has_an_id_of_its_own_on_every_line()
    {
        await using WebApp app = await WebApp.ListenAsync(app => app.MapGet("/{id}", string (string id, ILogger<WebApp> logger) =>
        {
            ScopeLog.Write(logger, "inside " + id);
            throw new InvalidOperationException("no");
        }));
        await using var client = await RawClient.ConnectAsync(app.Address(1));

        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync($"GET /t{i} HTTP/1.1\r\nHost: a\r\nX-Correlation-ID: t{i}\r\n\r\n");
            Assert.Contains($"\r\nX-Correlation-ID: t{i}\r\n", await client.ReadHeadAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("t0 t1 t2", await IdsAsync(app, Unhandled, 3));
        Assert.Equal("t0 t1 t2", await IdsAsync(app, "Request finished", 3));
        Assert.All(app.Log.Lines.Where(line => line.Line.StartsWith("Request starting", StringComparison.Ordinal)), line => Assert.Null(line.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("half")]
    public async Task What_was_written_but_not_sent_is_the_body_and_the_next_answer_begins_after_it(string written)
    {
        await using WebApp app = await WebApp.ListenAsync(app => app.MapGet("/a", Task (HttpContext http) =>
        {
            http.Response.BodyWriter.Write(Encoding.ASCII.GetBytes(written));
            throw new InvalidOperationException("no");
        }));
        await using var client = await RawClient.ConnectAsync(app.Address(1));

        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync($"GET /a HTTP/1.1\r\nHost: a\r\nX-Correlation-ID: t{i}\r\n\r\n");
            string head = await client.ReadHeadAsync();
            Assert.StartsWith((i == 0 ? "" : written) + "HTTP/1.1 500 ", head, StringComparison.Ordinal);
            Assert.Contains($"\r\nContent-Length: {written.Length}\r\n", head, StringComparison.Ordinal);
            Assert.Contains($"\r\nX-Correlation-ID: t{i}\r\n", head, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("HEAD", 200, 50, 0)]
    [InlineData("GET", 304, 50, 0)]
    [InlineData("GET", 200, 0, 0)]
    [InlineData("GET", 200, 3, 3)]
    public async Task Length_without_a_body_or_a_whole_one_is_no_failure(string method, int status, int announced, int written)
    {
        await using WebApp app = await WebApp.ListenAsync(app => app.Map("/a", http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentLength = announced;
            http.Response.BodyWriter.Write(new byte[written]);
            return Task.CompletedTask;
        }));

        using HttpResponseMessage answer = await AskAsync(app, 1, new HttpMethod(method));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.DoesNotContain(app.Counted(), line => line.StartsWith("error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Last_words_of_a_request_have_its_id()
    {
        await using WebApp app = await WebApp.ListenAsync(app => app.MapGet("/a", (HttpContext http, ILogger<WebApp> logger) =>
        {
            http.Response.OnCompleted(() =>
            {
                ScopeLog.Write(logger, "completed");
                return Task.CompletedTask;
            });
            return "ok";
        }));

        using HttpResponseMessage answer = await AskAsync(app, 1);

        Assert.Equal(Id, await IdsAsync(app, "completed"));
        Assert.Equal(Id, await IdsAsync(app, "Request finished"));
    }

    [Fact]
    public async Task Line_of_the_server_has_the_id_in_hosts_whose_scopes_are_not_ours()
    {
        await using WebApp app = await WebApp.ListenAsync(
            app => app.MapGet("/a", string () => throw new InvalidOperationException("no")),
            services => services.AddSingleton<IExternalScopeProvider>(new LoggerExternalScopeProvider()));

        using HttpResponseMessage answer = await AskAsync(app, 1);

        Assert.Equal(Id, await IdsAsync(app, Unhandled));
        Assert.Equal(Id, await IdsAsync(app, "Request finished"));
    }

    [Fact]
    public async Task Server_of_tests_hands_the_exception_to_the_test_as_before()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", string () => throw new InvalidOperationException("no")));

        using HttpClient client = app.Server.CreateClient();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync(new Uri("/a", UriKind.Relative), Cancelled));
    }

    private static IEnumerable<int> Halfway()
    {
        for (int i = 0; i < 100; i++)
        {
            yield return i;
        }

        throw new InvalidOperationException("no");
    }

    private static Task Failing(HttpContext http, RequestDelegate next) => throw new InvalidOperationException("no");

    private static async Task<HttpResponseMessage> AskAsync(WebApp app, int version, HttpMethod? method = null, HttpContent? content = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(app.Address(version), "/a"))
        {
            Version = new Version(version, version == 1 ? 1 : 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.Add(WebApp.Header, Id);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }

    // The server writes them when the answer has been sent.
    private static async Task<string> IdsAsync(WebApp app, string text, int count = 1)
    {
        await WebApp.UntilAsync(() => Ids().Length >= count);
        return string.Join(' ', Ids());

        string[] Ids() => [.. app.Log.Lines.Where(line => line.Line.Contains(text, StringComparison.Ordinal)).Select(line => line.Id ?? "none")];
    }
}

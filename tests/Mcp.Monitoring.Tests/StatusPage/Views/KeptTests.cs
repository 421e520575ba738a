using Mcp.Monitoring.StatusPage.Views;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.StatusPage.Views;

public sealed class KeptTests
{
    private readonly FakeTimeProvider _time = new();
    private int _made;

    [Fact]
    public async Task It_is_made_once_within_its_time_and_anew_after_it_or_once_it_is_forgotten()
    {
        var kept = new Kept<int>(TimeSpan.FromSeconds(2), () => Task.FromResult(++_made), _time);

        Assert.Equal((1, 1), (await kept.GetAsync(CancellationToken.None), await kept.GetAsync(CancellationToken.None)));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((2, 2), (await kept.GetAsync(CancellationToken.None), await kept.GetAsync(CancellationToken.None)));
        kept.Forget();
        Assert.Equal(3, await kept.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_could_not_be_made_is_tried_again_by_who_asks_next()
    {
        var kept = new Kept<int>(TimeSpan.FromHours(1), () => ++_made == 1 ? Task.FromException<int>(new TimeoutException()) : Task.FromResult(_made), _time);

        await Assert.ThrowsAsync<TimeoutException>(() => kept.GetAsync(CancellationToken.None));
        Assert.Equal(2, await kept.GetAsync(CancellationToken.None));
    }
}

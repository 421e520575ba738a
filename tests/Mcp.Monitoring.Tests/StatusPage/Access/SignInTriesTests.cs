using System.Net;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>Five wrong tokens a minute from an address, of as many addresses as there are.</summary>
public class SignInTriesTests
{
    private static readonly IPAddress Address = IPAddress.Parse("203.0.113.7"), Other = IPAddress.Parse("203.0.113.8");

    private readonly FakeTimeProvider _time = new();
    private readonly SignInTries _tries;

    public SignInTriesTests() => _tries = new SignInTries(_time);

    [Fact]
    public void Sixth_wrong_token_within_a_minute_is_not_listened_to_nor_is_the_right_one()
    {
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(TimeSpan.Zero, _tries.Wait(Address));
            Assert.Equal(TimeSpan.Zero, _tries.AddWrong(Address));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(TimeSpan.FromSeconds(50), _tries.AddWrong(Address));
        Assert.Equal(TimeSpan.FromSeconds(50), _tries.Wait(Address));
        Assert.Equal(TimeSpan.Zero, _tries.Wait(Other));
    }

    [Theory]
    [InlineData(59.9, false)]
    [InlineData(60, true)]
    public void After_a_minute_one_is_listened_to_again(double seconds, bool isListenedTo)
    {
        for (int i = 0; i < 5; i++)
        {
            _tries.AddWrong(Address);
        }

        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isListenedTo, _tries.Wait(Address) == TimeSpan.Zero);
    }

    [Fact]
    public void In_no_minute_of_an_hour_are_there_more_than_five()
    {
        var counted = new List<double>();
        for (int second = 0; second < 3_600; second++)
        {
            if (_tries.AddWrong(Address) == TimeSpan.Zero)
            {
                counted.Add(second);
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(300, counted.Count);
        Assert.All(counted, first => Assert.InRange(counted.Count(other => other >= first && other < first + 60), 1, 5));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    public void Addresses_of_one_customer_are_one(string one, string other, bool isSame)
    {
        for (int i = 0; i < 5; i++)
        {
            _tries.AddWrong(IPAddress.Parse(one));
        }

        Assert.Equal(isSame, _tries.Wait(IPAddress.Parse(other)) > TimeSpan.Zero);
    }

    [Fact]
    public void Who_has_no_address_is_one_too()
    {
        for (int i = 0; i < 5; i++)
        {
            _tries.AddWrong(address: null);
        }

        Assert.True(_tries.Wait(address: null) > TimeSpan.Zero);
    }

    [Fact]
    public void Ten_thousand_addresses_take_no_more_memory_than_a_thousand_and_share_five_tries_beyond()
    {
        int counted = 0;
        for (int i = 0; i < 10_000; i++)
        {
            counted += _tries.AddWrong(new IPAddress(BitConverter.GetBytes(i + 1))) == TimeSpan.Zero ? 1 : 0;
        }

        Assert.Equal(SignInTries.MostAddresses, _tries.Addresses);
        Assert.Equal(SignInTries.MostAddresses + SignInTries.Most, counted);
        Assert.True(_tries.Wait(Address) > TimeSpan.Zero);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, _tries.Wait(Address));
        Assert.Equal(TimeSpan.Zero, _tries.AddWrong(Address));
        Assert.Equal(1, _tries.Addresses);
    }

    [Fact]
    public void Of_many_at_once_five_are_counted()
    {
        int counted = 0;

        Parallel.For(0, 200, _ =>
        {
            if (_tries.AddWrong(Address) == TimeSpan.Zero)
            {
                Interlocked.Increment(ref counted);
            }
        });

        Assert.Equal(5, counted);
    }
}

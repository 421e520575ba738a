using System.Runtime.CompilerServices;
using Mcp.Monitoring.Errors.Protocol;

namespace Mcp.Monitoring.Tests.Errors.Protocol;

public sealed class StackFramesTests
{
    private const string Module = "Mcp.Monitoring.Tests.Errors.Protocol.StackFramesTests";

    [Fact]
    public void Oldest_frame_is_the_first_and_every_frame_has_the_name_that_was_written()
    {
        Exception exception = Assert.Throws<InvalidOperationException>(() => Outer(static () => Assert.Empty(Items())));

        string[] own = [.. StackFrames.Of(exception, 250).Where(frame => frame.Name.Module == Module).Select(frame => frame.Name.Function)];

        Assert.Equal(
            [
                $"{nameof(Oldest_frame_is_the_first_and_every_frame_has_the_name_that_was_written)} {{ <lambda> }}",
                "Outer",
                "Outer.Local",
                $"{nameof(Oldest_frame_is_the_first_and_every_frame_has_the_name_that_was_written)} {{ <lambda> }}",
                "Items",
            ],
            own,
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Awaits_leave_no_frames_of_their_own()
    {
        Exception exception = await Assert.ThrowsAsync<InvalidOperationException>(() => ThirdAsync());

        IReadOnlyList<CodeFrame> frames = StackFrames.Of(exception, 250);

        Assert.Equal(["ThirdAsync", "SecondAsync", "FirstAsync"], frames.Select(frame => frame.Name.Function).Where(name => name.EndsWith("Async", StringComparison.Ordinal) && name.Length < 12), StringComparer.Ordinal);
        Assert.DoesNotContain(frames, frame => frame.Name.Module?.Contains("Awaiter", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Frame_has_the_file_the_line_and_the_assembly()
    {
        Exception exception = Assert.Throws<InvalidOperationException>(Fail);

        CodeFrame frame = StackFrames.Of(exception, 250)[^1];

        Assert.EndsWith("StackFramesTests.cs", frame.Path, StringComparison.Ordinal);
        Assert.True(frame.Line > 0);
        Assert.Equal("Mcp.Monitoring.Tests", frame.Assembly);
    }

    [Theory]
    [InlineData(250)]
    [InlineData(7)]
    [InlineData(1)]
    public void Of_a_long_recursion_both_ends_are_kept(int most)
    {
        Exception exception = Assert.Throws<InvalidOperationException>(() => Recurse(1_000));

        IReadOnlyList<CodeFrame> frames = StackFrames.Of(exception, most);

        Assert.Equal(most, frames.Count);
        Assert.Equal("Fail", frames[^1].Name.Function);
        Assert.True(most == 1 || frames[0].Name.Function != "Recurse");
    }

    [Fact]
    public void Exception_that_was_never_thrown_has_no_frames()
    {
        Assert.Empty(StackFrames.Of(new InvalidOperationException(), 250));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail() => throw new InvalidOperationException("broken");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Recurse(int depth)
    {
        if (depth == 0)
        {
            Fail();
        }

        return Recurse(depth - 1) + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Outer(Action action)
    {
        Local();

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Local() => action();
    }

    private static IEnumerable<int> Items()
    {
        yield return 1;
        throw new InvalidOperationException("broken");
    }

    private static async Task FirstAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("broken");
    }

    private static async Task SecondAsync() => await FirstAsync();

    private static async Task<int> ThirdAsync()
    {
        await SecondAsync().ConfigureAwait(false);
        return 1;
    }
}

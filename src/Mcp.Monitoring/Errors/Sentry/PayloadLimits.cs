namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>How much of what is sent, in characters unless the name counts something else. Sentry refuses events and transactions of more than a megabyte, and a letter that is not ASCII is six of it.</summary>
internal static class PayloadLimits
{
    public const int Message = 8_192;
    public const int Name = 200;
    public const int Environment = 64;
    public const int Logger = 64;
    public const int UserId = 128;
    public const int Address = 2_048;
    public const int TagKey = 32;
    public const int TagValue = 200;
    public const int Tags = 50;
    public const int FingerprintPart = 256;
    public const int FingerprintParts = 20;
    public const int Pairs = 50;
    public const int PairKey = 64;
    public const int PairValue = 1_024;

    public const int Exceptions = 50;
    public const int ExceptionType = 256;
    public const int ExceptionTexts = 24_576;
    public const int Frames = 250;
    public const int FramesOfAll = 500;

    public const int Breadcrumbs = 100;
    public const int BreadcrumbTexts = 24_576;

    public const int DataDepth = 5;
    public const int DataItems = 100;
    public const int DataValue = 8_192;
    public const int DataTexts = 16_384;
    public const int ContextTexts = 16_384;

    public const int Spans = 1_000;
    public const int SpanDescription = 2_048;
    public const int SpanTexts = 100_000;

    public const int LogBody = 8_192;
    public const int LogAttributes = 100;
    public const int LogTexts = 16_384;
}

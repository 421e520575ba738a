namespace OneCServer.OneC;

/// <summary>What the stand-in for 1C plays.</summary>
internal enum OneCFault
{
    None,

    /// <summary>No free licence for another session.</summary>
    NoLicence,

    /// <summary>The infobase is locked for maintenance.</summary>
    Locked,

    /// <summary>The password of the service's user has expired.</summary>
    Unauthorized,

    /// <summary>It does not answer in time.</summary>
    Slow,

    /// <summary>It breaks off.</summary>
    BreaksOff,
}

namespace OneCServer.OneC;

/// <summary>What the stand-in for 1C plays.</summary>
internal enum OneCFault
{
    None,

    /// <summary>No free licence for another session: 500.</summary>
    NoLicence,

    /// <summary>The infobase is locked for maintenance: 403.</summary>
    Locked,

    /// <summary>The password of the server's user has expired: 401.</summary>
    WrongPassword,

    /// <summary>A role of the server's user lacks a right: 401 with an error of OData.</summary>
    NoRight,

    /// <summary>Somebody else holds a lock of the data for too long: 500 with an error of OData.</summary>
    DataLocked,

    /// <summary>An error in the code of the infobase: 500 with an error of OData.</summary>
    InternalError,

    /// <summary>It does not answer in time.</summary>
    Hangs,

    /// <summary>It breaks the connection off.</summary>
    BreaksOff,
}

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>What is wrong with a camera, as far as it decides what to do next.</summary>
internal enum Gphoto2Trouble
{
    /// <summary>The exposure did not come; the next one may.</summary>
    Failed,

    /// <summary>The camera does something else just now.</summary>
    Busy,

    /// <summary>Another program has the camera.</summary>
    Held,

    /// <summary>The camera is off, asleep, or its cable is loose.</summary>
    Away,

    /// <summary>The camera's card is full.</summary>
    CardFull,

    /// <summary>It cannot be done with this camera, however often one tries.</summary>
    Impossible,
}

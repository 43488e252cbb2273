namespace AstroJobs.Imaging.Formats;

/// <summary>One keyword of a FITS header with its value: a text, a real number, a whole number or a truth.</summary>
/// <param name="Name">At most eight letters, upper case.</param>
public sealed record FitsKeyword(string Name, object Value, string Comment = "")
{
    internal string ToCard() => Value switch
    {
        string text => FitsCard.Text(Name, text, Comment),
        int number => FitsCard.Number(Name, number, Comment),
        bool truth => FitsCard.Truth(Name, truth, Comment),
        double number => FitsCard.Number(Name, number, Comment),
        _ => throw new ArgumentException($"A FITS keyword cannot hold a {Value.GetType().Name}."),
    };
}

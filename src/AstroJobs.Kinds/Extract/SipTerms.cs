using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Extract;

/// <summary>The distortion of a solution: SIP terms under their FITS names (A_2_0 and so on), zeros left out.</summary>
public sealed record SipTerms(int Order, IReadOnlyDictionary<string, double> A, IReadOnlyDictionary<string, double> B)
{
    public static SipTerms Of(SipDistortion sip) => new(
        sip.Order,
        WcsHeader.Terms("A", sip.Order, sip.A).ToDictionary(term => term.Name, term => term.Value),
        WcsHeader.Terms("B", sip.Order, sip.B).ToDictionary(term => term.Name, term => term.Value));
}

using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Stack;

/// <summary>What <see cref="StackParameters.Reference"/> means.</summary>
internal static class StackReferenceChoice
{
    public const string Auto = "auto";

    /// <summary>At submit: checked against the inputs, unless those of another job are still to come.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: no such input.</exception>
    public static string Resolve(StackParameters parameters, IReadOnlyList<PictureFile> frames, string callerFolder)
    {
        if (parameters.Reference == Auto || parameters.FromJob is not null)
            return parameters.Reference;
        return Find(IsNumber(parameters.Reference, out _) ? parameters.Reference : Path.GetFullPath(parameters.Reference, callerFolder), [.. frames.Select(frame => frame.Path)])!;
    }

    /// <summary>The path of the input that is meant; null for auto. A file is found by its path, or by its name alone where only one input has it.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: no such input.</exception>
    public static string? Find(string reference, IReadOnlyList<string> inputs)
    {
        if (reference == Auto)
            return null;
        if (inputs.Contains(reference, StringComparer.Ordinal))
            return reference;
        if (IsNumber(reference, out var number))
        {
            return number >= 1 && number <= inputs.Count ? inputs[number - 1] : throw new JobException(
                ErrorCode.BadInput, FormattableString.Invariant($"There is no input number {reference}: the {inputs.Count} inputs are counted from 1."));
        }
        var named = inputs.Where(input => Path.GetFileName(input) == Path.GetFileName(reference)).ToArray();
        return named.Length == 1 ? named[0] : throw new JobException(
            ErrorCode.BadInput, $"The reference '{reference}' is not among the {inputs.Count} pictures to stack.", "Give one of them, its number from 1, or auto.");
    }

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
}

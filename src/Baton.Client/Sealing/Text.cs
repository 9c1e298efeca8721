using System.Text;

namespace Baton.Client.Sealing;

/// <summary>Text as both implementations see it.</summary>
internal static class Text
{
    /// <summary>NFKC. Half a surrogate pair becomes U+FFFD first, as every UTF-8 encoder makes it.</summary>
    public static string ToNfkc(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormKC);
}

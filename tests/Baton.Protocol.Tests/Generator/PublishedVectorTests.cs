using Baton.Protocol.Tests.Vectors;
using Xunit;

namespace Baton.Protocol.Tests.Generator;

/// <summary>
/// The vectors of our own protocol are generated with fixed inputs. <c>make vectors</c> (BATON_WRITE_VECTORS=1) writes them;
/// without the switch this says which committed file is no longer what the code makes.
/// </summary>
public sealed class PublishedVectorTests
{
    private static readonly Lazy<List<VectorFile>> Files = new(() => [.. PrimitiveVectors.All(), .. HandoverVectors.All(), .. OpenedVectors.All(), .. MemberVectors.All(), .. RosterVectors.All(), .. GroupVectors.All(),
        .. EntryVectors.All(), .. BackupVectors.All(), .. OrganizationVectors.All(), .. LedgerVectors.All(), .. EvidenceVectors.All(), .. EvidenceTextVectors.All(), .. JoinVectors.All(), .. StoryVectors.All()]);

    [Fact]
    public void The_committed_vectors_are_what_the_generator_makes()
    {
        foreach (var file in Files.Value)
        {
            var path = Path.Combine(Vector.Folder, file.Name + ".json");
            if (Environment.GetEnvironmentVariable("BATON_WRITE_VECTORS") == "1")
            {
                Directory.CreateDirectory(Vector.Folder);
                File.WriteAllText(path, file.ToText());
            }

            Assert.Equal(File.ReadAllText(path), file.ToText());
        }
    }

    [Fact]
    public void Every_other_vector_is_a_published_one() =>
        Assert.All(Vector.Names().Except(Files.Value.Select(file => file.Name), StringComparer.Ordinal), name => Assert.StartsWith("published-", name, StringComparison.Ordinal));
}

using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>Which kept revision of which entry refers to which file: who may read it, and when nobody needs it any more. spec/vault.md §4.</summary>
internal static class FileReferences
{
    /// <summary>The files that this entry alone refers to are to be destroyed. Before its references are deleted.</summary>
    public const string LoosenAll =
        """
        UPDATE attachments SET loose_since = 0
        WHERE file IN (SELECT file FROM entry_files WHERE entry = @entry)
            AND NOT EXISTS (SELECT 1 FROM entry_files f WHERE f.file = attachments.file AND f.entry <> @entry)
        """;

    /// <summary>
    /// The revision refers to these files. False when one isn't there: a file belongs to who uploaded it until an entry refers to it,
    /// and from then on to whoever may read such an entry.
    /// </summary>
    public static bool Refer(LedgerTransaction transaction, CurrentMember member, Id entry, long revision, IReadOnlyList<Id> files)
    {
        foreach (var file in files)
        {
            if (!MayUse(transaction.Query, member, file))
            {
                return false;
            }

            transaction.Execute(
                "INSERT INTO entry_files (file, entry, revision) VALUES (@file, @entry, @revision)", ("@file", file), ("@entry", entry), ("@revision", revision));
            transaction.Execute("UPDATE attachments SET loose_since = NULL WHERE file = @file", ("@file", file));
        }

        return true;
    }

    /// <summary>Whether the member may view a group with an entry of which a kept revision refers to the file.</summary>
    public static bool MayRead(Ask ask, Id member, Id file)
    {
        using var row = ask(
            """
            SELECT 1 FROM entry_files f JOIN entries e ON e.entry = f.entry AND e.purged = FALSE JOIN groups g ON g.id = e.group_id AND g.state <> 'deleted'
                JOIN grants r ON r.group_id = g.id AND r.member = @member AND r.level > 1
            WHERE f.file = @file LIMIT 1
            """,
            ("@file", file), ("@member", member));
        return row.Read();
    }

    private static bool MayUse(Ask ask, CurrentMember member, Id file)
    {
        bool isLoose;
        using (var row = ask(
            """
            SELECT a.member, a.size, a.loose_since, (SELECT count(*) FROM attachment_chunks c WHERE c.file = a.file)
            FROM attachments a WHERE a.file = @file AND a.organization = @organization
            """,
            ("@file", file), ("@organization", member.Organization)))
        {
            if (!row.Read() || row.NumberOrNull(2) == 0)
            {
                return false;
            }

            isLoose = !row.IsDBNull(2);
            if (isLoose && (row.Id(0) != member.Member || row.GetInt64(3) != new FileShape(row.GetInt64(1)).Chunks))
            {
                return false;
            }
        }

        return isLoose || MayRead(ask, member.Member, file);
    }
}

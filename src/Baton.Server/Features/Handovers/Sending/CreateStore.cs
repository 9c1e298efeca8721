using System.Text;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>What is under a locator, a handover's id, or both, already.</summary>
internal enum Taken
{
    Free,

    /// <summary>By this member, with these very bytes.</summary>
    Repeated,

    ByOther,
}

/// <summary>
/// Makes handovers: share first, then the main row with its created entry. Repeating the same bytes gives the same answer;
/// anything else on a known locator is a conflict. spec/handover.md §8.
/// </summary>
internal sealed class CreateStore(Database database, Shares shares, Ledger ledger, TimeProvider clock)
{
    /// <summary>Whether it was made before, and the answer it got then. One statement where it is new, as nearly always.</summary>
    public Before Find(CreateHandover request, Id member, byte[] bodyHash) => database.Read(connection =>
    {
        using (var look = connection.Query(
            """
            SELECT m.card_hash,
                EXISTS (SELECT 1 FROM handovers WHERE locator_hash = @locator_hash) OR EXISTS (SELECT 1 FROM handovers WHERE handover = @handover)
                OR EXISTS (SELECT 1 FROM drafts WHERE locator_hash = @locator_hash) OR EXISTS (SELECT 1 FROM drafts WHERE handover = @handover)
                OR EXISTS (SELECT 1 FROM tombstones WHERE locator_hash = @locator_hash)
            FROM members m WHERE m.id = @member
            """,
            ("@member", member), ("@locator_hash", request.LocatorHash), ("@handover", request.Handover)))
        {
            if (look.Read() && !look.GetBoolean(1))
            {
                return new Before(Taken.Free, null, look.Bytes(0));
            }
        }

        var (taken, answer) = Find(connection.Query, request, member, bodyHash);
        return new Before(taken, answer, []);
    });

    /// <summary>Makes the handover, or the draft when it has files.</summary>
    /// <param name="cardHash">SHA-256 of the sender's card: the created entry names it.</param>
    public async Task<Answer<Made>> Create(CreateHandover request, Id organization, Id member, byte[] bodyHash, byte[] cardHash)
    {
        if (!await shares.Keep(request.Handover, request.Share))
        {
            return Conflict;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (request.Files is { Count: > 0 })
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(request with { Share = [] }, WireJson.Of<CreateHandover>());
            return await ledger.Housekeeping<Answer<Made>>(transaction =>
                Draft(transaction, request, body, organization, member, bodyHash, now) is { } draft ? new Made(draft, null) : Conflict);
        }

        var entry = HandoverEntries.Created(request, organization, member, cardHash, now);
        var answer = Answer(request, entry);
        return await Settled(await ledger.Write(transaction =>
        {
            if (Insert(transaction, request, organization, member, bodyHash, now) is { } number)
            {
                return Record(transaction, request, answer, entry with { HandoverNumber = number }, organization, member, now);
            }

            // The same request may be under way twice; the row that is there decides.
            var (taken, before) = Find(transaction.Query, request, member, bodyHash);
            return transaction.Nothing<Answer<Made>>(
                before is not null ? new Made(before, null, IsRepeated: true) : taken == Taken.ByOther ? Conflict : MayNot(transaction, request, member));
        }));
    }

    /// <summary>The answer of a repetition, once it may be given.</summary>
    public async Task<HandoverCreated> Again(HandoverCreated answer)
    {
        await Repeats.Settle(ledger, answer.Handover);
        return answer;
    }

    private async Task<Answer<Made>> Settled(Answer<Made> made)
    {
        if (made.Value is { IsRepeated: true } repeated)
        {
            await Again(repeated.Answer);
        }

        return made;
    }

    /// <summary>The created entry, and what follows from what it replaces.</summary>
    private static Recorded<Answer<Made>> Record(
        LedgerTransaction transaction, CreateHandover request, HandoverCreated answer, LedgerEntry entry, Id organization, Id member, long now)
    {
        if (request.Replaces is not { } replaces)
        {
            return transaction.Record<Answer<Made>>(new Made(answer, null), entry);
        }

        var outcome = Reissues.Replace(transaction, entry.HandoverNumber!.Value, request.Handover, replaces, organization, member, now);
        return outcome.Refused is { } refused
            ? transaction.Nothing<Answer<Made>>(refused)
            : transaction.Record<Answer<Made>>(new Made(answer, outcome.Ended), entry, [.. outcome.Entries]);
    }

    /// <summary>Why the row was not written though nothing is in its way: a right, the group's state or its key changed.</summary>
    private static ProblemResult MayNot(LedgerTransaction transaction, CreateHandover request, Id member)
    {
        using var row = transaction.Query(
            "SELECT r.level, g.version, g.state FROM groups g LEFT JOIN grants r ON r.group_id = g.id AND r.member = @member WHERE g.id = @group",
            ("@member", member), ("@group", request.Group));
        return !row.Read() || row.NumberOrNull(0) is null or < (long)Right.Share ? Problems.Of(ProblemType.Forbidden)
            : row.GetString(2) != "active" ? Problems.Of(ProblemType.WrongState.With("The group is " + row.GetString(2) + ".") with { State = row.GetString(2) })
            : row.GetInt64(1) != request.GroupVersion ? Problems.Of(ProblemType.StaleKey)
            : Problems.Of(ProblemType.Forbidden);
    }

    /// <summary>The draft becomes a waiting handover, its files complete. Its share has been there since the draft.</summary>
    public async Task<Answer<Made>> Commit(Id handover, Id member)
    {
        var cardHash = CardHash(member);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await Settled(await ledger.Write(transaction =>
        {
            if (FindDraft(transaction.Query, handover, member, now) is not { } draft)
            {
                return transaction.Nothing<Answer<Made>>(
                    FindCreated(transaction.Query, handover, member) is { } answer ? new Made(answer, null, IsRepeated: true) : Problems.Of(ProblemType.NotFound));
            }

            if (Missing(transaction, draft.Request) is { } missing)
            {
                return transaction.Nothing<Answer<Made>>(Problems.Of(ProblemType.WrongState.With(missing) with { State = HandoverState.Draft }));
            }

            if (Insert(transaction, draft.Request, draft.Organization, member, draft.BodyHash, now) is not { } number)
            {
                return transaction.Nothing<Answer<Made>>(MayNot(transaction, draft.Request, member));
            }

            transaction.Execute("DELETE FROM drafts WHERE handover = @handover", ("@handover", handover));
            var entry = HandoverEntries.Created(draft.Request, draft.Organization, member, cardHash, now);
            return Record(transaction, draft.Request, Answer(draft.Request, entry), entry with { HandoverNumber = number }, draft.Organization, member, now);
        }));
    }

    public static ProblemResult Conflict => Problems.Of(ProblemType.Conflict, "The locator or the handover's id is taken: start anew with a new link key.");

    private byte[] CardHash(Id member) => database.Read(connection =>
        connection.Scalar("SELECT card_hash FROM members WHERE id = @member", ("@member", member)) as byte[]
        ?? throw new InvalidDataException("A member without a card."));

    private static (Taken Taken, HandoverCreated? Answer) Find(Ask ask, CreateHandover request, Id member, byte[] bodyHash)
    {
        using (var there = ask(
            """
            SELECT h.locator_hash, h.member, h.body_hash, l.bytes
            FROM handovers h JOIN ledger l ON l.handover = h.number AND l.kind = 'created'
            WHERE h.locator_hash = @locator_hash OR h.handover = @handover
            """,
            ("@locator_hash", request.LocatorHash), ("@handover", request.Handover)))
        {
            if (there.Read())
            {
                return IsSame(there, request, member, bodyHash) ? (Taken.Repeated, Answer(Encoding.UTF8.GetString(there.Bytes(3)))) : (Taken.ByOther, null);
            }
        }

        using (var draft = ask(
            "SELECT locator_hash, member, body_hash, created_at FROM drafts WHERE locator_hash = @locator_hash OR handover = @handover",
            ("@locator_hash", request.LocatorHash), ("@handover", request.Handover)))
        {
            if (draft.Read())
            {
                return IsSame(draft, request, member, bodyHash) ? (Taken.Repeated, DraftAnswer(request.Handover, draft.GetInt64(3))) : (Taken.ByOther, null);
            }
        }

        using var dead = ask("SELECT 1 FROM tombstones WHERE locator_hash = @locator_hash", ("@locator_hash", request.LocatorHash));
        return dead.Read() ? (Taken.ByOther, null) : (Taken.Free, null);
    }

    private static bool IsSame(System.Data.Common.DbDataReader there, CreateHandover request, Id member, byte[] bodyHash) =>
        there.Bytes(0).AsSpan().SequenceEqual(request.LocatorHash) && there.Id(1) == member && there.Bytes(2).AsSpan().SequenceEqual(bodyHash);

    private static HandoverCreated? Draft(
        HousekeepingTransaction transaction, CreateHandover request, byte[] body, Id organization, Id member, byte[] bodyHash, long now)
    {
        if (Find(transaction.Query, request, member, bodyHash) is { Taken: not Taken.Free } before)
        {
            return before.Answer;
        }

        transaction.Execute(
            """
            INSERT INTO drafts (handover, locator_hash, organization, member, body_hash, request, created_at)
            VALUES (@handover, @locator_hash, @organization, @member, @body_hash, @request, @now)
            """,
            ("@handover", request.Handover), ("@locator_hash", request.LocatorHash), ("@organization", organization), ("@member", member),
            ("@body_hash", bodyHash), ("@request", body), ("@now", now));
        for (var file = 0; file < request.Files!.Count; file++)
        {
            transaction.Execute(
                "INSERT INTO files (handover, file, size) VALUES (@handover, @file, @size)",
                ("@handover", request.Handover), ("@file", file), ("@size", request.Files[file]));
        }

        return DraftAnswer(request.Handover, now);
    }

    /// <summary>Null when the locator or the id is taken; and when the member may not share there any more, or the group has another key or state.</summary>
    private static long? Insert(LedgerTransaction transaction, CreateHandover request, Id organization, Id member, byte[] bodyHash, long now)
    {
        var number = (long?)transaction.Scalar(
            """
            INSERT INTO handovers (
                handover, locator_hash, organization, group_id, group_version, member, body_hash, claim_tag, displayed_tag, flags, channel, language,
                show_sender, files, state, guesses_left, created_at, changed_at, expires_at)
            SELECT
                @handover, @locator_hash, @organization, g.id, g.version, m.id, @body_hash, @claim_tag, @displayed_tag, @flags, @channel, @language,
                @show_sender, @files, 'waiting', @guesses, @now, @now, @expires
            FROM groups g JOIN grants r ON r.group_id = g.id AND r.member = @member AND r.level > 3 JOIN members m ON m.id = r.member AND m.state = 'active'
            WHERE g.id = @group AND g.version = @group_version AND g.state = 'active'
            ON CONFLICT DO NOTHING
            RETURNING number
            """,
            ("@handover", request.Handover), ("@locator_hash", request.LocatorHash), ("@organization", organization), ("@group", request.Group),
            ("@group_version", request.GroupVersion), ("@member", member), ("@body_hash", bodyHash), ("@claim_tag", request.ClaimTag),
            ("@displayed_tag", request.DisplayedTag), ("@flags", request.Flags), ("@channel", request.Channel), ("@language", request.Language),
            ("@show_sender", request.ShowSender), ("@files", request.Files?.Count ?? 0), ("@guesses", HandoverRules.Guesses), ("@now", now),
            ("@expires", now + (request.LifeSeconds * 1000)));
        if (number is null)
        {
            return null;
        }

        transaction.Execute("INSERT INTO sealed (handover, bytes) VALUES (@number, @bytes)", ("@number", number), ("@bytes", request.Sealed));
        transaction.Execute("INSERT INTO details (handover, bytes) VALUES (@number, @bytes)", ("@number", number), ("@bytes", request.Details));
        transaction.Execute(
            "INSERT INTO personal (handover, organization, bytes) VALUES (@number, @organization, @bytes)",
            ("@number", number), ("@organization", organization), ("@bytes", request.Personal));
        return number;
    }

    private static (CreateHandover Request, Id Organization, byte[] BodyHash)? FindDraft(Ask ask, Id handover, Id member, long now)
    {
        using var row = ask(
            "SELECT request, organization, body_hash FROM drafts WHERE handover = @handover AND member = @member AND created_at > @alive",
            ("@handover", handover), ("@member", member), ("@alive", now - HandoverRules.DraftLife));
        return row.Read()
            ? (JsonSerializer.Deserialize<CreateHandover>(row.Bytes(0), WireJson.Of<CreateHandover>())!, row.Id(1), row.Bytes(2))
            : null;
    }

    private static HandoverCreated? FindCreated(Ask ask, Id handover, Id member)
    {
        using var row = ask(
            """
            SELECT l.bytes FROM handovers h JOIN ledger l ON l.handover = h.number AND l.kind = 'created'
            WHERE h.handover = @handover AND h.member = @member
            """,
            ("@handover", handover), ("@member", member));
        return row.Read() ? Answer(Encoding.UTF8.GetString(row.Bytes(0))) : null;
    }

    /// <summary>Which file lacks chunks; null when all are complete. Every chunk there has its right place and size.</summary>
    private static string? Missing(LedgerTransaction transaction, CreateHandover request)
    {
        for (var file = 0; file < request.Files!.Count; file++)
        {
            var there = (long)transaction.Scalar(
                "SELECT count(*) FROM chunks WHERE handover = @handover AND file = @file", ("@handover", request.Handover), ("@file", file))!;
            if (there != new FileShape(request.Files[file]).Chunks)
            {
                return $"File {file} has {there} of {new FileShape(request.Files[file]).Chunks} chunks.";
            }
        }

        return null;
    }

    /// <summary>The same as from the entry's text, which says nothing else.</summary>
    private static HandoverCreated Answer(CreateHandover request, LedgerEntry entry) => new(
        request.Handover, HandoverState.Waiting, entry.Time, entry.Time + (request.LifeSeconds * 1000), Encoding.UTF8.GetString(entry.Bytes));

    /// <summary>Made from the created entry alone, so that a repetition long after gets the same bytes.</summary>
    private static HandoverCreated Answer(string created) => CreatedEntry.TryParse(created, out var entry)
        ? new HandoverCreated(entry.Handover, HandoverState.Waiting, entry.Time, entry.Expires, created)
        : throw new InvalidDataException("A created entry that is none.");

    private static HandoverCreated DraftAnswer(Id handover, long createdAt) => new(handover, HandoverState.Draft, createdAt, null, null);
}

/// <summary>What is known before a handover is made.</summary>
/// <param name="Answer">What the same request got before.</param>
/// <param name="CardHash">SHA-256 of the sender's card, where the way is free.</param>
internal sealed record Before(Taken Taken, HandoverCreated? Answer, byte[] CardHash);

/// <summary>A handover, or its draft.</summary>
/// <param name="Replaced">What died for it, and whose share is to be destroyed.</param>
/// <param name="IsRepeated">It was there before.</param>
internal sealed record Made(HandoverCreated Answer, Ended? Replaced, bool IsRepeated = false);

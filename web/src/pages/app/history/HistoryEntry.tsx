// One handover: where it stands, what can be done, what happened, what the recipient said.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { listen } from "../../../api/events.ts";
import * as handovers from "../../../api/handovers.ts";
import { Problem } from "../../../api/http.ts";
import type { HandoverDetail } from "../../../api/wire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { StateChip } from "../../../ui/StateChip.tsx";
import { languages, plural, t, time, type Language } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { includes } from "../../../protocol/grant.ts";
import type { State } from "../../../api/wire.ts";
import { endedSession, server } from "../access/access.ts";
import { openEvidence } from "../evidence/open.ts";
import { currentRules } from "../compose/rules.ts";
import { groupName } from "../vault/GroupMark.tsx";
import type { GroupAccess, Vault } from "../keys/vault.ts";
import { Link } from "../Link.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { ExtendDialog, RevokeDialog } from "./Actions.tsx";
import { syncing } from "../vault/store.ts";
import { FollowUps } from "./FollowUps.tsx";
import { Grades } from "./Grades.tsx";
import { titleOf } from "./title.ts";
import { Items } from "./Items.tsx";
import { mayReissue, reissue } from "./reissue.ts";
import { Reports } from "./Reports.tsx";
import { ReceiptSheet } from "./ReceiptSheet.tsx";
import { openRow, type Row } from "./store.ts";
import { Timeline } from "./Timeline.tsx";
import { checkCreated, checkDisplayed, itemIds, readReceipts, type CreatedVerdict, type Receipt } from "./record.ts";

/** Once somebody had it in hands, there is something to follow up. */
const reached: readonly State[] = ["claimed", "displayed", "undisplayed", "confirmed"];

interface Opened {
  detail: HandoverDetail;
  row: Row;
  verdict: CreatedVerdict | null;
  receipts: Receipt[];
  /** By commitment. */
  titles: ReadonlyMap<string, string>;
  /** *displayed* stands there with the proof that fits. */
  displayed: boolean;
  /** It stands there without one. */
  forged: boolean;
}

export function HistoryEntry({ vault, handover }: { vault: Vault; handover: string }): JSX.Element {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [asking, setAsking] = useState<"revoke" | "extend" | null>(null);

  // Of two readings that overtake each other the one that was asked for last is shown.
  const reading = useRef(0);

  const load = async (): Promise<void> => {
    const mine = ++reading.current;
    try {
      const detail = await handovers.detail(handover);
      const row = await openRow(vault, detail.summary);
      const readable = row.details !== undefined || row.personal !== undefined || (row.summary.details ?? row.summary.personal) === undefined;
      const verdict = readable ? await checkCreated(detail, row, vault) : null;
      const receipts = readable ? await readReceipts(detail, row) : [];
      const displayed = await checkDisplayed(detail);
      const forged = detail.summary.state === "displayed" && !displayed;
      const ids = row.details ? await itemIds(row.details) : [];
      const titles = new Map(ids.map((id, i) => [id, row.details!.items[i]!.title]));
      if (mine !== reading.current) return;
      setOpened({ detail, row, verdict, receipts, displayed, forged, titles });
      setProblem(null);
    } catch (error) {
      if (!endedSession(error) && mine === reading.current) setProblem(error);
    }
  };
  useEffect(() => {
    let [begun, live] = [false, false];
    const stop = listen({
      handover: (summary) => {
        if (summary.handover !== handover) return;
        announce(t(`state.${summary.state}`));
        void load();
      },
      live: (now) => {
        // What happened before anybody listened, or while nobody did.
        if (now && !live && begun) void load();
        live = now;
      },
    });
    begun = true;
    void load();
    return stop;
  }, [handover]);

  const act = async (action: () => Promise<unknown>, said: string): Promise<void> => {
    setAsking(null);
    try {
      await action();
      announce(said);
      await load();
    } catch (error) {
      if (endedSession(error)) return;
      if (error instanceof Problem && error.type === "wrong-state") await load();
      setProblem(error);
    }
  };

  if (opened === null)
    return (
      <>
        <Back />
        {problem === null ? <Working label={t("app.loading")} done={null} /> : <ProblemNotice problem={problem} />}
      </>
    );
  const { detail, row, verdict, receipts, displayed, forged, titles } = opened;
  const { summary } = detail;
  const group = vault.groups.get(summary.group);
  // Who may hand over for the group may also end it, extend it and tick off what follows; a trial that is over changes nothing of that.
  const may = group !== undefined && includes(group.right, "share");
  const genuine = receipts.length > 0 && receipts.every((receipt) => receipt.erased || receipt.reply !== undefined);
  return (
    <>
      <Back />
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>{titleOf(row)}</h1>
          {row.personal && row.personal.recipient !== "" && <p class="quiet">{t("history.to", { recipient: row.personal.recipient })}</p>}
        </div>
        <div class="actions">
          {summary.state !== "draft" && (
            <button type="button" onClick={() => openEvidence([row], titleOf(row))}>
              <Icon name="scroll-text" />
              {t("evidence.open")}
            </button>
          )}
          {mayReissue(vault, row) && (
            <button type="button" disabled={syncing.value !== null} onClick={() => reissue(row)}>
              <Icon name="refresh-cw" />
              {t("reissue")}
            </button>
          )}
          {summary.state === "waiting" && may && (
            <button type="button" onClick={() => setAsking("extend")}>
              <Icon name="clock-plus" />
              {t("detail.extend")}
            </button>
          )}
          {(summary.state === "waiting" || summary.state === "claimed") && may && (
            <button type="button" class="danger" onClick={() => setAsking("revoke")}>
              <Icon name="ban" />
              {t("detail.revoke")}
            </button>
          )}
        </div>
      </div>
      <ProblemNotice problem={problem} />
      <div class="detail-columns">
        <div class="detail-main">
          <section class="sheet">
            <div class="state-line">
              <StateChip state={summary.state} doubtful={forged || (summary.state === "confirmed" && !genuine)} />
              <p>{t(`state.${summary.state}.help`)}</p>
            </div>
            <Tied row={row} />
            <Reports detail={detail} />
            {summary.personal === undefined && <p class="hint">{t(summary.details === undefined ? "kept.all" : "kept.personal")}</p>}
            {verdict?.ok === false && (
              <Notice tone="bad" icon="shield-alert">
                <p>{t("detail.signature.bad", { what: t(`detail.bad.${verdict.what}`) })}</p>
              </Notice>
            )}
            {forged && (
              <Notice tone="bad" icon="shield-alert">
                <p>{t("detail.displayed.bad")}</p>
              </Notice>
            )}
            <Facts opened={opened} group={group} />
            {verdict?.ok === true && (
              <p class="hint verified">
                <Icon name="shield-check" size={16} /> {verdict.erased ? t("kept.signature") : plural("detail.signature.ok", verdict.commitments)}
              </p>
            )}
          </section>
          <Grades detail={detail} receipts={receipts} displayed={displayed} />
          {receipts.map((receipt) => (
            <ReceiptSheet key={receipt.seq} receipt={receipt} />
          ))}
          {row.details && reached.includes(summary.state) && (
            <FollowUps summary={summary} details={row.details} onTick={may ? (step) => act(() => handovers.followUp(handover, step), t("follow.noted")) : undefined} />
          )}
          {row.details && <Items details={row.details} />}
        </div>
        <Timeline detail={detail} titles={titles} />
      </div>
      {asking === "revoke" && (
        <RevokeDialog row={row} onClose={() => setAsking(null)} onRevoke={() => void act(() => handovers.revoke(handover), t("detail.revoked"))} />
      )}
      {asking === "extend" && (
        <ExtendDialog
          row={row}
          rules={currentRules(vault, server.value!)}
          onClose={() => setAsking(null)}
          onExtend={(seconds) => void act(() => handovers.extend(handover, seconds), t("detail.extended", { time: time(Date.now() + seconds * 1000) }))}
        />
      )}
    </>
  );
}

function Back(): JSX.Element {
  return (
    <p>
      <Link to="/history" class="back">
        <Icon name="arrow-left" />
        {t("history.title")}
      </Link>
    </p>
  );
}

function Facts({ opened: { detail }, group }: { opened: Opened; group: GroupAccess | undefined }): JSX.Element {
  const { summary } = detail;
  const known = t(`channel.${summary.channel as "phone"}`);
  const facts: [string, string][] = [
    [t("detail.sender"), summary.senderName],
    ...(group && !group.personal ? [[t("detail.group"), groupName(group)] as [string, string]] : []),
    [t("detail.channel"), known],
    [t("detail.language"), languages[summary.language as Language] ?? summary.language],
  ];
  if (summary.expiresAt !== undefined && ["waiting", "claimed"].includes(summary.state)) facts.push([t("detail.expires"), time(summary.expiresAt)]);
  if (summary.state === "waiting" && summary.channel !== "none") facts.push([t("detail.guesses"), String(summary.guessesLeft)]);
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What it re-issued, and what re-issued it. */
function Tied({ row: { summary } }: { row: Row }): JSX.Element | null {
  if (summary.replaces === undefined && summary.replacedBy === undefined) return null;
  return (
    <p class="tied">
      {summary.replaces !== undefined && <Link to={`/history/${summary.replaces}`}>{t("tied.replaces")}</Link>}
      {summary.replacedBy !== undefined && <Link to={`/history/${summary.replacedBy}`}>{t("tied.replacedBy")}</Link>}
    </p>
  );
}

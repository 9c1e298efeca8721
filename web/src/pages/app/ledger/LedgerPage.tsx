// The ledger's head and anchors, for every member: what anybody may compare with what they kept.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { head as fetchHead } from "../../../api/ledger.ts";
import type { LedgerHead } from "../../../api/ledgerWire.ts";
import { utf8 } from "../../../protocol/bytes.ts";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import "../../../ui/styles/audit.css";
import { endedSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { Frame } from "../organization/Frame.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { saveAs } from "../vault/attachments.ts";
import { Compare } from "./Compare.tsx";
import { Stamps } from "./Stamps.tsx";

/** A check that runs is looked at again after that many ms; a head at rest a little later. */
const soon = 2_000;
const later = 15_000;

export function LedgerPage({ vault }: { vault: Vault }): JSX.Element {
  const [head, setHead] = useState<LedgerHead | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let closed = false;
    const load = async (): Promise<void> => {
      let pause = later;
      try {
        const now = await fetchHead();
        if (closed) return;
        setHead(now);
        setProblem(null);
        if (now.check.state === "running" || now.behind > 0) pause = soon;
      } catch (error) {
        if (closed || endedSession(error)) return;
        setProblem(error);
      }
      timer = setTimeout(() => void load(), pause);
    };
    void load();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [turn]);

  return (
    <Frame vault={vault} title="organization.ledger" lead={t("ledger.lead")}>
      <ProblemNotice problem={problem} />
      {head === null && problem === null && <Working label={t("app.loading")} done={null} />}
      {head !== null && (
        <>
          <Newest head={head} />
          <Key head={head} />
          <Stamps head={head} role={vault.session.member.role} onAsked={() => setTurn(turn + 1)} />
          <Compare head={head} />
        </>
      )}
    </Frame>
  );
}

function Newest({ head }: { head: LedgerHead }): JSX.Element | null {
  const log = head.logs.at(-1);
  if (log === undefined) return null;
  return (
    <section class="sheet" aria-labelledby="head-title">
      <h2 id="head-title">{t("ledger.head")}</h2>
      <dl class="facts first">
        <div>
          <dt>{t("ledger.size")}</dt>
          <dd class="big">{number(log.size)}</dd>
        </div>
        <div>
          <dt>{t("ledger.origin")}</dt>
          <dd>{log.origin}</dd>
        </div>
        <div>
          <dt>{t("ledger.behind")}</dt>
          <dd>{head.behind === 0 ? t("ledger.behind.none") : plural("ledger.behind.some", head.behind)}</dd>
        </div>
      </dl>
      <Check head={head} />
      <details class="record">
        <summary>{t("ledger.note")}</summary>
        <pre class="note mono">{log.note}</pre>
        <div class="actions">
          <CopyButton text={log.note} label={t("ledger.note.copy")} />
          <button type="button" onClick={() => saveAs(`${log.origin.replaceAll("/", "-")}-${log.size}.txt`, utf8(log.note))}>
            <Icon name="download" />
            {t("ledger.note.save")}
          </button>
        </div>
        <p class="hint">{t("ledger.note.why")}</p>
      </details>
    </section>
  );
}

/** What the server found when it read every entry again after its start. */
function Check({ head: { check } }: { head: LedgerHead }): JSX.Element {
  if (check.state === "running") return <Working label={t("ledger.check.running", { done: number(check.checked), of: number(check.total) })} done={check.total === 0 ? 0 : check.checked / check.total} />;
  if (check.state === "ok")
    return (
      <p class="hint verified">
        <Icon name="shield-check" size={16} /> {check.total === 0 ? t("ledger.check.empty") : plural("ledger.check.ok", check.total)}
      </p>
    );
  return (
    <Notice tone="bad" icon="shield-alert">
      <p>
        <strong>{t("ledger.check.damaged")}</strong> {t("ledger.check.damaged.body")}
      </p>
      <p class="mono">{check.damaged.map((index) => `#${number(index)}`).join(", ")}</p>
    </Notice>
  );
}

function Key({ head }: { head: LedgerHead }): JSX.Element | null {
  const newest = head.logs.at(-1);
  const older = head.logs.slice(0, -1);
  if (newest === undefined) return null;
  return (
    <section class="sheet" aria-labelledby="key-title">
      <h2 id="key-title">{t("ledger.key")}</h2>
      <p>{t("ledger.key.why")}</p>
      <p class="vkey mono">{newest.key}</p>
      <div class="actions">
        <CopyButton text={newest.key} label={t("ledger.key.copy")} />
        <a class="button" href="/verify" target="_blank" rel="noopener">
          <Icon name="shield-check" />
          {t("ledger.verify")}
        </a>
      </div>
      {older.length > 0 && (
        <details class="record">
          <summary>{plural("ledger.older", older.length)}</summary>
          <p class="hint">{t("ledger.older.why")}</p>
          <ol class="older">
            {older.map(({ origin, key, size }) => (
              <li key={origin}>
                <strong>{origin}</strong> <span class="hint">{plural("audit.count", size)}</span>
                <p class="vkey mono">{key}</p>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

// "What do you hold about me?": asked by a recipient, answered from all that the member may see.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { utf8 } from "../../../protocol/bytes.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { StateChip } from "../../../ui/StateChip.tsx";
import { TextField } from "../../../ui/Field.tsx";
import { exactTime, plural, t, time } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { sharedHistory } from "../history/shared.ts";
import type { Row } from "../history/store.ts";
import { titleOf } from "../history/title.ts";
import type { Vault } from "../keys/vault.ts";
import { Link } from "../Link.tsx";
import { mayManage } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { saveAs } from "../vault/attachments.ts";
import { EraseDialog, erasable } from "./EraseDialog.tsx";
import { asText, holdingOf, naming, type Holding } from "./holdings.ts";

export function Holdings({ vault }: { vault: Vault }): JSX.Element {
  const { store } = sharedHistory(vault);
  const name = useSignal("");
  const asked = useSignal("");
  const found = useSignal<readonly Holding[] | null>(null);
  const done = useSignal<number | null>(null);
  const problem = useSignal<unknown>(null);
  const erasing = useSignal<readonly Row[] | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const manages = mayManage(vault.session.member.role);

  const look = async (): Promise<void> => {
    abort.current?.abort();
    const running = (abort.current = new AbortController());
    problem.value = null;
    found.value = null;
    asked.value = name.value.trim();
    const rows = naming(store.rows.value, asked.value);
    const holdings: Holding[] = [];
    try {
      for (const row of rows) {
        done.value = holdings.length / rows.length;
        holdings.push(await holdingOf(row, running.signal));
        running.signal.throwIfAborted();
      }
      found.value = holdings;
    } catch (error) {
      if (!running.signal.aborted && !endedSession(error)) problem.value = error;
    }
    if (abort.current === running) done.value = null;
  };

  const title = t("hold.file", { organization: vault.session.organization.name, name: asked.value });
  const gone = (found.value ?? []).map(({ row }) => row).filter(erasable);
  return (
    <section class="sheet" aria-labelledby="hold-title">
      <h2 id="hold-title">{t("hold.title")}</h2>
      <p>{t("hold.body")}</p>
      <form
        class="hold-form"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <TextField label={t("hold.field")} value={name.value} onValue={(value) => (name.value = value)} />
        <button type="submit" disabled={name.value.trim() === ""}>
          <Icon name="search" />
          {t("hold.go")}
        </button>
      </form>
      {!store.complete.value && <p class="hint">{t("hold.partial")}</p>}
      <ProblemNotice problem={problem.value} />
      {done.value !== null && <Working label={t("app.loading")} done={done.value} />}
      {found.value !== null &&
        (found.value.length === 0 ? (
          <Notice>
            <p>{t("hold.none")}</p>
          </Notice>
        ) : (
          <>
            <div class="audit-head">
              <p role="status">
                <strong>{plural("hold.count", found.value.length)}</strong>
              </p>
              <div class="actions">
                <button type="button" onClick={() => saveAs(`${title}.txt`, utf8(asText(found.value!, title)))}>
                  <Icon name="download" />
                  {t("hold.save")}
                </button>
                {manages && gone.length > 1 && (
                  <button type="button" class="danger" onClick={() => (erasing.value = gone)}>
                    <Icon name="trash" />
                    {t("hold.all")}
                  </button>
                )}
              </div>
            </div>
            <ol class="holdings">
              {found.value.map((holding) => (
                <Held key={holding.row.summary.handover} holding={holding} manages={manages} onErase={() => (erasing.value = [holding.row])} />
              ))}
            </ol>
            {!manages && <p class="hint">{t("erase.manage")}</p>}
          </>
        ))}
      {erasing.value !== null && (
        <EraseDialog
          vault={vault}
          rows={erasing.value}
          onClose={() => (erasing.value = null)}
          onErased={() => void look()}
        />
      )}
    </section>
  );
}

function Held({ holding: { row, name, seen, typed }, manages, onErase }: { holding: Holding; manages: boolean; onErase: () => void }): JSX.Element {
  const facts: [string, string][] = [
    [t("hold.name"), name],
    ...(row.details ? [[t("hold.entries"), row.details.items.map((item) => item.title).join(", ")] as [string, string]] : []),
    ...seen.flatMap(({ time: at, address, browser }): [string, string][] => [
      ...(address === undefined ? [] : [[t("hold.address"), `${address} · ${exactTime(at)}`] as [string, string]]),
      ...(browser === undefined ? [] : [[t("hold.browser"), browser] as [string, string]]),
    ]),
    ...typed.flatMap((one): [string, string][] => [...(one.name === "" ? [] : [[t("hold.typed"), `“${one.name}”`] as [string, string]]), ...one.notes.map((note): [string, string] => [t("hold.note"), `“${note}”`])]),
  ];
  return (
    <li>
      <div class="audit-head">
        <p>
          <strong>
            <Link to={`/history/${row.summary.handover}`}>{titleOf(row)}</Link>
          </strong>{" "}
          <span class="hint">{time(row.summary.createdAt)}</span>
        </p>
        <StateChip state={row.summary.state} told />
      </div>
      <dl class="held-facts">
        {facts.map(([label, value], i) => (
          <div key={i}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {manages &&
        (erasable(row) ? (
          <div class="actions">
            <button type="button" class="danger" onClick={onErase} aria-label={`${t("erase.open")} ${titleOf(row)}`}>
              {t("erase.open")}
            </button>
          </div>
        ) : (
          <p class="hint">{t("erase.open.state")}</p>
        ))}
    </li>
  );
}

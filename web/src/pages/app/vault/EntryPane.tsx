// The right: one entry, read.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty, Notice } from "../../../ui/Notice.tsx";
import { date, plural, relativeTime, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { access } from "../access/access.ts";
import { LastHandedOver } from "../history/LastHandedOver.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Attachments } from "./Attachments.tsx";
import { bulk, bulkProblem, runBulk } from "./bulk.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { GroupName } from "./GroupMark.tsx";
import { handOver } from "./handOver.ts";
import { Health } from "./Health.tsx";
import { daysLeft, type Item } from "./item.ts";
import { nameOf } from "./people.ts";
import { MoveDialog } from "./MoveDialog.tsx";
import { RevisionsDialog } from "./RevisionsDialog.tsx";
import { groupOf, mayHandOver, mayPurge, mayWrite } from "./rights.ts";
import { syncing } from "./store.ts";
import { TotpValue } from "./TotpValue.tsx";
import { typeIcon } from "./types.ts";
import { IconButton, LinkValue, PlainValue, Row, SecretValue, CopyIcon } from "./Values.tsx";
import { closeEntry, current, editEntry, forgetEntry, place, show, tag, today } from "./view.ts";
import { bin, changed, purge, restore } from "./write.ts";

export function EntryPane(): JSX.Element {
  const item = current.value;
  const wanted = place.value.entry;
  if (item !== undefined) return <Entry key={item.id} item={item} />;
  return (
    <section class="vault-entry none" aria-label={t("vault.entry")}>
      {wanted === undefined ? (
        <Empty icon="key-round" title={t("vault.choose")}>
          <p>{t("vault.choose.body")}</p>
        </Empty>
      ) : syncing.value !== null ? (
        <Working label={t("app.loading")} done={null} />
      ) : (
        <Empty icon="circle-slash" title={t("vault.gone")}>
          <p>{t("vault.gone.body")}</p>
          <div class="actions">
            <button type="button" onClick={closeEntry}>
              {t("app.back")}
            </button>
          </div>
        </Empty>
      )}
    </section>
  );
}

function Entry({ item }: { item: Item }): JSX.Element {
  const { entry } = item;
  const group = groupOf(item.group);
  const inBin = item.binnedAt !== undefined;
  return (
    <section class="vault-entry" aria-labelledby="entry-title">
      <div class="entry-top">
        <button type="button" class="plain only-narrow" onClick={closeEntry}>
          <Icon name="arrow-left" />
          {t("app.back")}
        </button>
        <Tools item={item} />
      </div>
      <header class="entry-head">
        <span class="entry-icon">
          <Icon name={typeIcon(entry.type)} size={24} />
        </span>
        <div>
          <h2 id="entry-title" tabIndex={-1}>
            {entry.title || t("compose.untitled")}
          </h2>
          <p class="crumbs">
            {group && (
              <button type="button" class="link" onClick={() => show(group.group)}>
                <GroupName group={group} />
              </button>
            )}
            {entry.folder?.map((name, i) => (
              <button key={i} type="button" class="link" onClick={() => show(item.group, entry.folder!.slice(0, i + 1))}>
                › {name}
              </button>
            ))}
          </p>
        </div>
      </header>
      {inBin && <InBin item={item} />}
      <Dates item={item} />
      <dl class="values">
        {entry.username && <PlainValue label={t("compose.username")} text={entry.username} />}
        {entry.password && <SecretValue label={t("compose.password")} text={entry.password} under={!inBin && <Health item={item} />} />}
        {entry.totp && <TotpValue address={entry.totp} />}
        {entry.url && <LinkValue label={t(entry.type === "server" || entry.type === "database" ? "preset.host" : "compose.url")} text={entry.url} />}
        {entry.fields?.map((field, i) => {
          const label = field.name || t("compose.field.value");
          if (field.kind === "link") return <LinkValue key={i} label={label} text={field.value} />;
          if (field.kind === "hidden" || field.kind === "key") return <SecretValue key={i} label={label} text={field.value} lines={field.kind === "key"} />;
          return <PlainValue key={i} label={label} text={field.kind === "date" ? dateOf(field.value) : field.value} />;
        })}
        {entry.notes && (
          <Row label={t("compose.notes")} actions={<CopyIcon label={t("compose.notes")} text={() => entry.notes!} />}>
            <p class="notes">{entry.notes}</p>
          </Row>
        )}
        {entry.files && entry.files.length > 0 && <Attachments files={entry.files} />}
        {entry.tags && entry.tags.length > 0 && (
          <Row label={t("vault.tags")}>
            <span class="tags">
              {entry.tags.map((name) => (
                <button key={name} type="button" class="tag" onClick={() => (tag.value = name)}>
                  {name}
                </button>
              ))}
            </span>
          </Row>
        )}
      </dl>
      <footer class="entry-foot">
        {item.binnedAt === undefined && access.value.kind === "open" && <LastHandedOver vault={access.value.vault} entry={item.id} revision={item.revision} />}
        <p class="hint">
          {t("vault.changed", { time: relativeTime(item.changedAt, today.value), name: nameOf(item.changedBy) })}
          {" · "}
          {plural("vault.revision", item.revision)}
        </p>
      </footer>
    </section>
  );
}

/** A day as it is written in the field; anything else stays as it was typed. */
const dateOf = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? date(Date.parse(text)) : text);

type Asking = "move" | "revisions" | "bin" | null;

function Tools({ item }: { item: Item }): JSX.Element {
  const [asking, setAsking] = useState<Asking>(null);
  const { entry } = item;
  const group = groupOf(item.group);
  const writable = mayWrite(group) && item.binnedAt === undefined;
  const close = (): void => setAsking(null);
  const favour = (): void => {
    const { favourite, ...rest } = entry;
    const next = favourite ? rest : { ...rest, favourite: true };
    void runBulk("tag", [[changed(item, { ...next, changed: Date.now() })]]).then((done) => done && announce(t(favourite ? "vault.unfavoured" : "vault.favoured")));
  };
  return (
    <div class="entry-tools">
      {item.binnedAt === undefined && mayHandOver(group) && (
        <button type="button" onClick={() => handOver([item])}>
          <Icon name="send" />
          {t("vault.handOver")}
        </button>
      )}
      {writable && (
        <button type="button" class="primary" onClick={() => editEntry(item)}>
          <Icon name="pencil" />
          {t("vault.edit")}
        </button>
      )}
      {writable && <IconButton icon={entry.favourite ? "star-off" : "star"} label={t(entry.favourite ? "vault.unfavour" : "vault.favour")} onPress={favour} />}
      <IconButton icon="history" label={t("vault.revisions")} onPress={() => setAsking("revisions")} />
      {writable && <IconButton icon="folder-input" label={t("vault.move")} onPress={() => setAsking("move")} />}
      {writable && <IconButton icon="trash" label={t("vault.bin")} onPress={() => setAsking("bin")} />}
      {asking === "move" && <MoveDialog items={[item]} onClose={close} onMoved={forgetEntry} />}
      {asking === "revisions" && <RevisionsDialog item={item} onClose={close} />}
      {asking === "bin" && (
        <ConfirmDialog
          title={t("vault.bin.askOne", { title: entry.title || t("compose.untitled") })}
          action={t("vault.bin")}
          onClose={close}
          onConfirm={() => void runBulk("bin", [[bin(item)]]).then((done) => done && closeEntry())}
        >
          <p>{t("vault.bin.body")}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function InBin({ item }: { item: Item }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const group = groupOf(item.group);
  return (
    <Notice tone="warn" icon="trash">
      <p>{plural("vault.inBin", daysLeft(item.binnedAt!, today.value))}</p>
      <div class="actions">
        {mayWrite(group) && (
          <button type="button" onClick={() => void runBulk("restore", [[restore(item)]])}>
            <Icon name="rotate-ccw" />
            {t("vault.restore")}
          </button>
        )}
        {mayPurge(group) && (
          <button type="button" class="danger" onClick={() => setAsking(true)}>
            <Icon name="trash" />
            {t("vault.purge")}
          </button>
        )}
      </div>
      {asking && (
        <ConfirmDialog title={plural("vault.purge.ask", 1)} action={t("vault.purge")} onClose={() => setAsking(false)} onConfirm={() => void runBulk("purge", [[purge(item)]]).then((done) => done && closeEntry())}>
          <p>{t("vault.purge.body")}</p>
        </ConfirmDialog>
      )}
    </Notice>
  );
}

/** When the login ends and when its password should be changed. */
function Dates({ item: { entry } }: { item: Item }): JSX.Element | null {
  const rows = (["expires", "rotateBy"] as const).flatMap((name) => (entry[name] === undefined ? [] : { name, at: entry[name] }));
  if (rows.length === 0) return null;
  return (
    <p class="due">
      {rows.map(({ name, at }) => (
        <span key={name} class={`chip ${at < today.value ? "red" : at - today.value < 30 * 86_400_000 ? "amber" : ""}`}>
          <Icon name="clock" size={16} />
          {t(at < today.value ? `vault.${name}.past` : `vault.${name}.ahead`, { date: date(at) })}
        </span>
      ))}
    </p>
  );
}

/** What stopped a change of one entry; the selection says its own. */
export function EntryProblem(): JSX.Element | null {
  useEffect(() => () => void (bulkProblem.value = null), []);
  return bulk.value === null && bulkProblem.value !== null ? <ProblemNotice problem={bulkProblem.value} /> : null;
}

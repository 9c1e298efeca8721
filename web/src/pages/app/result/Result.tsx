// The link and, apart from it, the password: never one button for both. Shown once.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { HandoverCreated } from "../../../api/wire.ts";
import { clipboard } from "../../../ui/clipboard.ts";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { QrCode } from "../../../ui/QrCode.tsx";
import { Secret } from "../../../ui/Secret.tsx";
import { fill, language, loadDictionary, localeOf, t, time } from "../../../ui/text/index.ts";
import type { Draft } from "../compose/draft.ts";
import type { Vault } from "../keys/vault.ts";
import { spell } from "../password/spell.ts";
import { go } from "../place.ts";

interface Props {
  vault: Vault;
  draft: Draft;
  link: string;
  password: string | undefined;
  created: HandoverCreated;
  onAgain: () => void;
  onReplace: () => void;
  onFresh: () => void;
}

export function Result({ vault, draft, link, password, created, onAgain, onReplace, onFresh }: Props): JSX.Element {
  return (
    <div class="result">
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>
            <Icon name="circle-check" size={28} /> {t("result.title")}
          </h1>
          <p class="quiet">{t("result.lead")}</p>
        </div>
      </div>
      <div class="result-columns">
        <LinkSheet vault={vault} draft={draft} link={link} until={created.expiresAt ?? 0} />
        {password === undefined ? (
          <Notice tone="warn">
            <p>{t("result.noPassword")}</p>
          </Notice>
        ) : (
          <PasswordSheet password={password} draft={draft} />
        )}
      </div>
      <Clipboard />
      <div class="actions">
        <button type="button" onClick={() => go(`/history/${created.handover}`)}>
          <Icon name="scroll-text" />
          {t("result.watch")}
        </button>
        <button type="button" onClick={onFresh}>
          <Icon name="plus" />
          {t("result.fresh")}
        </button>
        <button type="button" aria-describedby="again-hint" onClick={onAgain}>
          <Icon name="refresh-cw" />
          {t("result.again")}
        </button>
      </div>
      <p class="hint" id="again-hint">
        {t("result.again.hint")}
      </p>
      <div class="actions">
        <button type="button" aria-describedby="replace-hint" onClick={onReplace}>
          <Icon name="refresh-cw" />
          {t("result.replace")}
        </button>
      </div>
      <p class="hint" id="replace-hint">
        {t("result.replace.hint")}
      </p>
    </div>
  );
}

function LinkSheet({ vault, draft, link, until }: { vault: Vault; draft: Draft; link: string; until: number }): JSX.Element {
  const [modules, setModules] = useState<boolean[][] | null>(null);
  const showQr = async (): Promise<void> => {
    const { encode } = await import("uqr");
    // The code after # in upper case is the same link in a smaller picture (spec/keys.md §8).
    const [address, code] = link.split("#") as [string, string];
    setModules(encode(`${address}#${code.toUpperCase()}`, { ecc: "M", border: 4 }).data);
  };
  return (
    <section class="sheet" aria-labelledby="link-title">
      <h2 id="link-title">{t("result.link")}</h2>
      <p class="link-text mono" aria-label={t("result.link.label")}>
        {link}
      </p>
      <p class="hint">{t("result.until", { time: time(until) })}</p>
      <div class="actions">
        <CopyButton text={link} label={t("result.link.copy")} primary />
        <button type="button" onClick={() => void draftMail(vault, draft, link, until)}>
          <Icon name="mail" />
          {t("result.mail")}
        </button>
        <button type="button" aria-expanded={modules !== null} onClick={() => (modules === null ? void showQr() : setModules(null))}>
          <Icon name="qr-code" />
          {t("result.qr")}
        </button>
      </div>
      {modules !== null && <QrCode modules={modules} label={t("result.qr.label")} />}
    </section>
  );
}

/** In the recipient's language; the password is never in it. The address is gone to, so that it stands in no attribute. */
async function draftMail(vault: Vault, draft: Draft, link: string, until: number): Promise<void> {
  const words = await loadDictionary(draft.language);
  const { organization, member } = vault.session;
  const subject = fill(words["result.mail.subject"], { organization: organization.name });
  const body = fill(words["result.mail.body"], {
    until: new Intl.DateTimeFormat(localeOf(draft.language), { dateStyle: "full", timeStyle: "short" }).format(until),
    link,
    password: draft.access === "none" ? "" : fill(words["result.mail.password"], { channel: words[`channel.${draft.channel}`].toLowerCase() }),
    sender: `${member.name}\n${organization.name}`,
  });
  location.href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
}

function PasswordSheet({ password, draft }: { password: string; draft: Draft }): JSX.Element {
  return (
    <section class="sheet" aria-labelledby="password-title">
      <h2 id="password-title">{t("result.password")}</h2>
      <p class="password-text" aria-label={t("access.title")}>
        <Secret text={password} />
      </p>
      <p class="hint">{t("result.password.lead", { channel: t(`channel.${draft.channel}`) })}</p>
      <div class="actions">
        <CopyButton text={password} label={t("result.password.copy")} />
      </div>
      <details class="more" open={draft.channel === "phone"}>
        <summary>
          <Icon name="phone" size={16} />
          {t("result.password.spell")}
        </summary>
        <div class="more-body">
          <p class="hint">{t("result.password.case")}</p>
          <ol class="spelled">
            {spell(password, language.value).map(({ part, names }, i) => (
              <li key={i}>
                <strong class="mono">{part}</strong>
                <span>{names.join(" · ")}</span>
              </li>
            ))}
          </ol>
        </div>
      </details>
    </section>
  );
}

function Clipboard(): JSX.Element {
  const [touched, setTouched] = useState(false);
  const state = clipboard.value;
  useEffect(() => {
    if (state !== "empty") setTouched(true);
  }, [state]);
  const said = state === "cleared" && touched ? "result.cleared" : state === "not-cleared" ? "result.notCleared" : "result.clipboard";
  return (
    <p class="hint" role="status">
      <Icon name="clock" size={16} /> {t(said)}
    </p>
  );
}

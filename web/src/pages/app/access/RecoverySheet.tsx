// The recovery key, shown once and typed back in part before anything is sent: an account whose owner never held it
// can't come to be.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t, time } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { pick } from "../password/generate.ts";
import { random } from "../../../protocol/bytes.ts";

interface Props {
  code: string;
  whose: { organization: string; name: string; email: string };
  /** Sends what was prepared. */
  onConfirmed: () => Promise<void>;
  onBack: () => void;
}

export function RecoverySheet({ code, whose, onConfirmed, onBack }: Props): JSX.Element {
  const groups = code.match(/.{4}/g)!;
  const [asked] = useState(() => askFor(groups.length));
  const [typed, setTyped] = useState(["", ""]);
  const [wrong, setWrong] = useState([false, false]);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    document.body.classList.add("printing-recovery");
    document.querySelector<HTMLElement>("h1")?.focus();
    return () => document.body.classList.remove("printing-recovery");
  }, []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const differs = asked.map((group, i) => alike(typed[i]!) !== groups[group]);
    setWrong(differs);
    if (differs.includes(true)) return focusFirstError();
    setSending(true);
    setProblem(null);
    try {
      await onConfirmed();
    } catch (error) {
      setProblem(error);
      setSending(false);
    }
  };

  return (
    <div class="narrow wide">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1} class="screen-only">
          {t("recovery.title")}
        </h1>
        <div class="screen-only">
          <Notice tone="warn" icon="key-round">
            <p>{t("recovery.lead")}</p>
          </Notice>
        </div>
        <Sheet groups={groups} whose={whose} />
        <div class="actions screen-only">
          <button type="button" onClick={() => print()}>
            <Icon name="printer" />
            {t("recovery.print")}
          </button>
          <button type="button" onClick={() => download(groups, whose)}>
            <Icon name="download" />
            {t("recovery.download")}
          </button>
        </div>
        <fieldset class="confirm screen-only">
          <legend>
            <h2>{t("recovery.confirm")}</h2>
          </legend>
          <p class="hint">{t("recovery.confirm.lead")}</p>
          <div class="pair">
            {asked.map((group, i) => (
              <TextField
                key={group}
                label={t("recovery.group", { n: group + 1 })}
                error={wrong[i] ? t("recovery.group.wrong", { n: group + 1 }) : undefined}
                value={typed[i]!}
                maxLength={8}
                onValue={(value) => setTyped(typed.map((old, at) => (at === i ? value : old)))}
              />
            ))}
          </div>
        </fieldset>
        <ProblemNotice problem={problem} />
        {sending ? (
          <Working label={t("send.creating")} done={null} />
        ) : (
          <div class="actions screen-only">
            <button type="submit" class="primary">
              {t("recovery.submit")}
            </button>
            <button type="button" onClick={onBack}>
              {t("app.back")}
            </button>
          </div>
        )}
      </form>
    </div>
  );
}

function Sheet({ groups, whose }: { groups: string[]; whose: Props["whose"] }): JSX.Element {
  return (
    <section aria-label={t("recovery.key")}>
      <div class="print-only">
        <h1>{t("recovery.sheet")}</h1>
        <p>
          {whose.organization} · {whose.name} · {whose.email}
        </p>
        <p>
          {t("recovery.sheet.made")}: {time(Date.now())}
        </p>
      </div>
      <ol class="recovery-key mono">
        {groups.map((group, i) => (
          <li key={i}>
            <small>{i + 1}</small>
            {group}
          </li>
        ))}
      </ol>
      <div class="print-only">
        <p>{t("recovery.sheet.use", { address: `${location.origin}/recover` })}</p>
        <p>{t("recovery.sheet.keep")}</p>
      </div>
    </section>
  );
}

function download(groups: string[], whose: Props["whose"]): void {
  const lines = [
    t("recovery.sheet"),
    `${whose.organization} · ${whose.name} · ${whose.email}`,
    `${t("recovery.sheet.made")}: ${time(Date.now())}`,
    "",
    groups.slice(0, 7).join(" "),
    groups.slice(7).join(" "),
    "",
    t("recovery.sheet.use", { address: `${location.origin}/recover` }),
    t("recovery.sheet.keep"),
    "",
  ];
  const url = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "baton-recovery.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** Two different groups, in order. */
function askFor(count: number): [number, number] {
  const first = pick(count, random);
  const second = (first + 1 + pick(count - 1, random)) % count;
  return first < second ? [first, second] : [second, first];
}

/** As a reader of codes reads it: spec/keys.md §8. */
const alike = (text: string): string => text.replace(/[-\s]/g, "").toLowerCase().replace(/[il]/g, "1").replaceAll("o", "0");

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Channel } from "../../../protocol/createHandover.ts";
import { CheckField, Choice, SecretField, SelectField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { Secret } from "../../../ui/Secret.tsx";
import { number, t } from "../../../ui/text/index.ts";
import { characterBits, wordBits } from "../password/generate.ts";
import { Meter } from "../password/Meter.tsx";
import type { Score } from "../password/strength.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import type { Wrongs } from "./check.ts";
import type { AccessMode, Draft } from "./draft.ts";
import { fits, generate } from "./generated.ts";
import { ByPolicy } from "./ByPolicy.tsx";
import { lengths, listLength, strongEnough, wordCounts, type Rules } from "./rules.ts";

const channels: readonly Exclude<Channel, "none">[] = ["phone", "sms", "messenger", "in-person", "post", "other"];
const modes: readonly AccessMode[] = ["words", "characters", "own", "none"];

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  wrongs: Wrongs;
  score: Score | null;
  rules: Rules;
}

export function AccessPassword({ draft, change, wrongs, score, rules }: Props): JSX.Element {
  const { access } = draft;
  return (
    <section class="sheet" aria-labelledby="access-title">
      <header>
        <h2 id="access-title">{t("access.title")}</h2>
      </header>
      <p class="hint">{t("access.lead")}</p>
      <Choice unseenLegend legend={t("access.title")} value={access} onValue={(mode) => change({ access: mode })} options={modes.filter((mode) => mode !== "none" || !rules.password).map((value) => ({ value, label: t(`access.${value}`) }))} />
      {rules.password && <ByPolicy>{rules.passwordBits > 0 ? t("rules.password.bits", { n: number(rules.passwordBits) }) : t("rules.password")}</ByPolicy>}
      {(access === "words" || access === "characters") && <Generated draft={draft} change={change} rules={rules} />}
      {access === "own" && (
        <div class="field">
          <SecretField label={t("access.own.label")} hint={t("access.own.hint")} error={wrongs["own"]} autocomplete="new-password" value={draft.own} onValue={(own) => change({ own })} />
          <Meter score={score} />
        </div>
      )}
      {access === "none" ? (
        <Notice tone="warn">
          <p>
            <strong>{t("access.none.ask")}</strong>
          </p>
          <p>{t("access.none.body")}</p>
          <CheckField label={t("access.none.agree")} error={wrongs["withoutPassword"]} checked={draft.withoutPassword} onChecked={(withoutPassword) => change({ withoutPassword })} />
        </Notice>
      ) : (
        <SelectField
          label={t("access.channel")}
          hint={t("access.channel.hint")}
          value={draft.channel}
          onValue={(channel) => change({ channel })}
          options={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        />
      )}
    </section>
  );
}

function Generated({ draft, change, rules }: Pick<Props, "draft" | "change" | "rules">): JSX.Element {
  const { access, words, characters, generated } = draft;
  const [problem, setProblem] = useState<unknown>(null);
  const inWords = access === "words";
  const amount = inWords ? words : characters;

  const make = (): void => {
    generate(draft).then(
      (made) => change({ generated: made }),
      (error: unknown) => setProblem(error),
    );
  };
  // One password for each choice; the draft keeps it, so coming back to the composer doesn't change it unasked.
  useEffect(() => {
    if (!fits(draft)) make();
  }, [access, words, characters]);

  const bitsOf = inWords ? (count: number) => wordBits(listLength, count) : characterBits;
  return (
    <>
      <div class="generated">
        <output aria-label={t("access.title")}>{generated && <Secret text={generated} />}</output>
        <button type="button" class="plain" aria-label={t("access.new")} title={t("access.new")} onClick={make}>
          <Icon name="refresh-cw" />
        </button>
      </div>
      <ProblemNotice problem={problem} />
      <div class="amount">
        <SelectField
          label={t(inWords ? "access.count" : "access.length")}
          value={String(amount)}
          hint={t("access.bits", { n: number(Math.floor(bitsOf(amount))) })}
          onValue={(value) => change(inWords ? { words: Number(value) } : { characters: Number(value) })}
          options={strongEnough(inWords ? wordCounts : lengths, bitsOf, rules.passwordBits).map((n) => ({ value: String(n), label: number(n) }))}
        />
      </div>
    </>
  );
}

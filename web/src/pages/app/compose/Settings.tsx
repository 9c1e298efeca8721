import type { JSX } from "preact";
import { CheckField, Choice, SelectField, TextArea, TextField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { duration, languages, t, time, type Language } from "../../../ui/text/index.ts";
import type { Vault } from "../keys/vault.ts";
import type { Wrongs } from "./check.ts";
import { lifeSeconds, type Draft, type LifeUnit } from "./draft.ts";
import { ByPolicy } from "./ByPolicy.tsx";
import { livesWithin, type Rules } from "./rules.ts";
import { Whose } from "./Whose.tsx";

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  wrongs: Wrongs;
  vault: Vault;
  rules: Rules;
}

export function Settings({ draft, change, wrongs, vault, rules }: Props): JSX.Element {
  return (
    <section class="sheet" aria-labelledby="to-title">
      <h2 id="to-title">{t("to.title")}</h2>
      <TextField label={t("to.recipient")} hint={t("to.recipient.hint")} error={wrongs["recipient"]} maxLength={200} value={draft.recipient} onValue={(recipient) => change({ recipient })} />
      <SelectField
        label={t("to.language")}
        value={draft.language}
        onValue={(value: Language) => change({ language: value })}
        options={Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }))}
      />
      <LifeFields draft={draft} change={change} error={wrongs["life"]} rules={rules} />
      <Whose vault={vault} draft={draft} change={change} />
      <TextArea label={t("to.message")} optional hint={t("to.message.hint")} value={draft.message} onValue={(message) => change({ message })} />
      <details class="more">
        <summary>
          <Icon name="chevron-down" size={16} />
          {t("to.name")}
        </summary>
        <div class="more-body">
          <TextField label={t("to.name")} optional hint={t("to.name.hint")} maxLength={200} value={draft.title} onValue={(title) => change({ title })} />
          <CheckField label={t("to.showSender")} hint={t("to.showSender.hint", { organization: vault.session.organization.name })} checked={draft.showSender} onChecked={(showSender) => change({ showSender })} />
        </div>
      </details>
    </section>
  );
}

const units: readonly LifeUnit[] = ["minutes", "hours", "days"];

type Life = Pick<Draft, "life" | "lifeAmount" | "lifeUnit">;

/** Also asked when a waiting handover is extended. */
export function LifeFields({ draft, change, error, rules }: { draft: Life; change: (part: Partial<Life>) => void; error: string | undefined; rules: Rules }): JSX.Element {
  const seconds = lifeSeconds(draft);
  return (
    <div class="field">
      <Choice
        legend={t("life.title")}
        value={draft.life}
        onValue={(life) => change({ life })}
        options={livesWithin(rules.limits).map((value) => ({ value, label: t(`life.${value}`) }))}
        {...(Number.isFinite(seconds) && !error && { hint: t("life.until", { time: time(Date.now() + seconds * 1000) }) })}
      />
      {draft.life === "own" && (
        <div class="pair">
          <TextField label={t("life.amount")} inputMode="numeric" error={error} value={draft.lifeAmount} onValue={(lifeAmount) => change({ lifeAmount })} />
          <SelectField
            label={t("life.unit")}
            value={draft.lifeUnit}
            onValue={(lifeUnit: LifeUnit) => change({ lifeUnit })}
            options={units.map((value) => ({ value, label: t(`life.${value}`) }))}
          />
        </div>
      )}
      {rules.byPolicy.life && <ByPolicy>{t("rules.life", { max: duration(rules.limits.lifeMaxSeconds) })}</ByPolicy>}
    </div>
  );
}

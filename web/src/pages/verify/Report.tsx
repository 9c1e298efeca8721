// The verdict, the eleven steps, and the story that the file tells.
import type { JSX } from "preact";
import { stepNames } from "../../protocol/evidence/file.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icons.ts";
import { Notice, type Tone } from "../../ui/Notice.tsx";
import type { Checked, Overall, Step } from "./check.ts";
import { Story } from "./Story.tsx";
import { number, t, time } from "./words.ts";

const toneOf: Readonly<Record<Overall, [Tone, IconName]>> = { ok: ["good", "shield-check"], unknown: ["warn", "key-round"], failed: ["bad", "shield-alert"] };

export function Report({ checked }: { checked: Checked }): JSX.Element {
  const { overall, file } = checked;
  const [tone, icon] = toneOf[overall];
  const failed = checked.steps.filter(({ verdict }) => verdict === "failed");
  return (
    <>
      <section class="report" aria-labelledby="verdict">
        <div class="report-head">
          <h2 id="verdict" tabIndex={-1}>
            {t(`overall.${overall}`)}
          </h2>
          <button type="button" class="no-print" onClick={() => print()}>
            <Icon name="printer" />
            {t("print")}
          </button>
        </div>
        <Notice tone={tone} icon={icon}>
          <p>{t(`overall.${overall}.body`)}</p>
          {failed.length > 0 && (
            <ul class="failed">
              {failed.map(({ name }) => (
                <li key={name}>{t(`step.${name}.failed`)}</li>
              ))}
            </ul>
          )}
          {overall === "unknown" && file !== undefined && (
            <p>
              {t("key.named")} <code class="mono whole">{file.logs.at(-1)?.key}</code>
            </p>
          )}
        </Notice>
        <dl class="facts">
          <div>
            <dt>{t("file")}</dt>
            <dd>{checked.name}</dd>
          </div>
          <div>
            <dt>{t("file.at")}</dt>
            <dd>{time(checked.at)}</dd>
          </div>
          <div class="wide">
            <dt>{t("file.hash", { bytes: number(checked.size) })}</dt>
            <dd class="mono">{checked.hash}</dd>
          </div>
        </dl>
      </section>
      <section class="sheet" aria-labelledby="steps">
        <h2 id="steps">{t("steps")}</h2>
        <ol class="steps">
          {stepNames.map((name, i) => (
            <StepRow key={name} number={i + 1} step={checked.steps.find((step) => step.name === name) ?? { name, verdict: "skipped" }} />
          ))}
        </ol>
      </section>
      {file !== undefined && (overall === "failed" ? <Claimed file={file} /> : <Story file={file} />)}
    </>
  );
}

const looks: Readonly<Record<Step["verdict"], [IconName, string]>> = {
  ok: ["check", "green"],
  failed: ["x", "red"],
  unknown: ["key-round", "amber"],
  none: ["circle-slash", "grey"],
  skipped: ["arrow-right", "grey"],
};

function StepRow({ number: n, step: { name, verdict, where } }: { number: number; step: Step }): JSX.Element {
  const [icon, colour] = looks[verdict];
  return (
    <li>
      <span class="step-number" aria-hidden="true">
        {n}
      </span>
      <div>
        <strong>{t(`step.${name}`)}</strong>
        <p class="hint">{t(`step.${name}.body`)}</p>
        {verdict === "failed" && <p class="error">{t(`step.${name}.failed`)}</p>}
        {where !== undefined && <p class="mono where">{where}</p>}
        {name === "stamps" && verdict === "skipped" && <p class="hint">{t("step.stamps.how")}</p>}
      </div>
      <span class={`chip ${colour}`}>
        <Icon name={icon} size={16} />
        {t(`verdict.${verdict}`)}
      </span>
    </li>
  );
}

/** Of a file that doesn't hold, what it says is kept out of sight until somebody asks for it. */
function Claimed({ file }: { file: NonNullable<Checked["file"]> }): JSX.Element {
  return (
    <details class="sheet claimed">
      <summary>
        <Icon name="triangle-alert" size={16} /> {t("claimed")}
      </summary>
      <Story file={file} />
    </details>
  );
}

// What is known of who opened, and no more than that. spec/evidence.md §3.
import type { JSX } from "preact";
import type { HandoverDetail } from "../../../api/wire.ts";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { list, plural, t } from "../../../ui/text/index.ts";
import type { Receipt } from "./record.ts";

interface Props {
  detail: HandoverDetail;
  /** Newest first; those that aren't genuine count for nothing. */
  receipts: readonly Receipt[];
  /** *displayed* stands there with the proof that only a page that decrypted could give. */
  displayed: boolean;
}

export function Grades({ detail: { summary, entries }, receipts, displayed }: Props): JSX.Element | null {
  if (summary.state === "draft") return null;
  const claimed = entries.some(({ text }) => text.includes('"kind":"claimed"'));
  const last = receipts.find(({ reply }) => reply !== undefined);
  const lines: [IconName, string][] = [];
  if (!claimed) lines.push(["hourglass", t(summary.state === "waiting" ? "grade.unopened" : "grade.unopened.ended")]);
  else {
    const password = (summary.flags & 1) !== 0;
    lines.push(["mail-open", password ? t("grade.password", { channel: t(`channel.${summary.channel as "phone"}`) }) : t("grade.link")]);
    if (displayed) lines.push(["monitor-check", t("grade.displayed")]);
    if (last !== undefined) lines.push(...confirmed(last));
  }
  return (
    <section class="sheet" aria-labelledby="grades-title">
      <h2 id="grades-title">{t("grade.title")}</h2>
      <ul class="grades">
        {lines.map(([icon, line]) => (
          <li key={line}>
            <Icon name={icon} size={16} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
      <p class="hint">{t("grade.first")}</p>
    </section>
  );
}

function confirmed({ items }: Receipt): [IconName, string][] {
  const numbers = (problem: boolean): string[] => items.flatMap(({ status }, i) => ((status === "problem") === problem ? [String(i + 1)] : []));
  const [fine, wrong] = [numbers(false), numbers(true)];
  return [
    ...(fine.length > 0 ? [["badge-check", plural("grade.confirmed", fine.length, { items: list(fine) })] as [IconName, string]] : []),
    ...(wrong.length > 0 ? [["triangle-alert", plural("grade.problem", wrong.length, { items: list(wrong) })] as [IconName, string]] : []),
  ];
}

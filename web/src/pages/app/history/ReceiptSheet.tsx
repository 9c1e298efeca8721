import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { exactTime, t } from "../../../ui/text/index.ts";
import type { ReceiptStatus } from "../../../protocol/receipt.ts";
import type { Receipt } from "./record.ts";

const looks: Readonly<Record<ReceiptStatus, [IconName, string]>> = { received: ["mail-open", "blue"], works: ["check", "green"], problem: ["triangle-alert", "red"] };

/** Green only when the reply opened under the reply key and fits the statement. */
export function ReceiptSheet({ receipt: { reply, erased, items } }: { receipt: Receipt }): JSX.Element {
  return (
    <section class="sheet" aria-label={t("receipt.title")}>
      <h2>{t("receipt.title")}</h2>
      {erased ? (
        <p class="hint">{t("kept.receipt")}</p>
      ) : reply === undefined ? (
        <Notice tone="bad" icon="shield-alert">
          <p>{t("receipt.bad")}</p>
        </Notice>
      ) : (
        <>
          <Notice tone="good" icon="badge-check">
            <p>{t("receipt.ok")}</p>
          </Notice>
          <p>{reply.name === "" ? t("receipt.noName") : t("receipt.by", { name: reply.name })}</p>
          <ol class="items">
            {items.map((item, i) => (
              <li key={i} class="receipt-item">
                <span>
                  <strong>{item.title || t("kept.item", { n: i + 1 })}</strong>
                  {item.note !== "" && <span class="note">{item.note}</span>}
                </span>
                <span class={`chip ${looks[item.status][1]}`}>
                  <Icon name={looks[item.status][0]} size={16} />
                  {t(`receipt.${item.status}`)}
                </span>
              </li>
            ))}
          </ol>
          <p class="hint">{t("receipt.clock", { time: exactTime(reply.clock) })}</p>
        </>
      )}
    </section>
  );
}

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";

/** Where each manager keeps its export, in the order agencies ask. */
const sources = ["keepass", "bitwarden", "1password", "csv", "baton"] as const;

export function ChooseFile({ error, onFile, onClose }: { error: string | undefined; onFile: (file: File) => void; onClose: () => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (file: File | undefined): void => {
    if (file !== undefined) onFile(file);
  };
  return (
    <>
      <p class="quiet">{t("exchange.import.lead")}</p>
      <div
        class={`drop ${over ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files[0]);
        }}
      >
        <Icon name="file-up" size={28} />
        <p>{t("exchange.drop")}</p>
        <button type="button" class="primary" onClick={() => input.current?.click()}>
          {t("import.choose")}
        </button>
        <input
          ref={input}
          class="unseen"
          type="file"
          accept=".kdbx,.json,.1pux,.csv,.tsv,.txt,.baton"
          tabIndex={-1}
          aria-label={t("import.choose")}
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {error !== undefined && (
        <p class="error" role="alert">
          <Icon name="circle-alert" size={16} />
          {error}
        </p>
      )}
      <details class="more">
        <summary>
          <Icon name="chevron-down" size={16} />
          {t("exchange.how")}
        </summary>
        <dl class="more-body exchange-how">
          {sources.map((source) => (
            <div key={source}>
              <dt>{t(`exchange.how.${source}`)}</dt>
              <dd>{t(`exchange.how.${source}.body`)}</dd>
            </div>
          ))}
        </dl>
      </details>
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.cancel")}
        </button>
      </div>
    </>
  );
}

// The password of a sealed file, and a key file where it has one. Neither leaves this browser.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { SecretField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import type { Chosen, Secrets } from "./reading.ts";

interface Props {
  file: Extract<Chosen, { kind: "file" }>;
  error: string | undefined;
  onOpen: (secrets: Secrets) => void;
  onBack: () => void;
}

export function Unseal({ file, error, onOpen, onBack }: Props): JSX.Element {
  const [password, setPassword] = useState("");
  const [keyFile, setKeyFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (password === "" && keyFile === null) return;
    const key = keyFile === null ? undefined : new Uint8Array(await keyFile.arrayBuffer());
    // A KDBX file may need its key file alone.
    onOpen({ ...((password !== "" || key === undefined) && { password }), ...(key && { keyFile: key }) });
  };
  return (
    <form class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
      <p>{t("exchange.unseal", { name: file.name })}</p>
      <SecretField label={t("exchange.unseal.password")} hint={t("exchange.unseal.hint")} error={error} autofocus value={password} onValue={setPassword} />
      {file.format === "kdbx" && (
        <div class="field">
          <div class="field-head">
            <strong class="label">{t("exchange.unseal.keyFile")}</strong>
          </div>
          <div class="actions">
            <button type="button" onClick={() => input.current?.click()}>
              <Icon name="key-round" />
              {keyFile?.name ?? t("exchange.unseal.keyFile.choose")}
            </button>
            {keyFile !== null && (
              <button type="button" class="link" onClick={() => setKeyFile(null)}>
                {t("app.remove")}
              </button>
            )}
            <input
              ref={input}
              class="unseen"
              type="file"
              tabIndex={-1}
              aria-label={t("exchange.unseal.keyFile")}
              onChange={(event) => setKeyFile(event.currentTarget.files?.[0] ?? null)}
            />
          </div>
          <p class="hint">{t("exchange.unseal.keyFile.hint")}</p>
        </div>
      )}
      <div class="actions end">
        <button type="button" onClick={onBack}>
          {t("app.back")}
        </button>
        <button type="submit" class="primary" disabled={password === "" && keyFile === null}>
          {t("exchange.unseal.open")}
        </button>
      </div>
    </form>
  );
}

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { announce } from "./Announcer.tsx";
import { copy } from "./clipboard.ts";
import { Icon } from "./Icon.tsx";
import { t } from "./text/index.ts";

export function CopyButton({ text, label, primary }: { text: string; label: string; primary?: boolean }): JSX.Element {
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied !== true) return;
    const timer = setTimeout(() => setCopied(null), 2_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const press = async (): Promise<void> => {
    const done = await copy(text);
    setCopied(done);
    announce(t(done ? "app.copied" : "result.copyFailed"));
  };
  return (
    <>
      <button type="button" class={primary ? "primary" : ""} onClick={() => void press()}>
        <Icon name={copied ? "check" : "copy"} />
        {copied ? t("app.copied") : label}
      </button>
      {copied === false && <p class="error">{t("result.copyFailed")}</p>}
    </>
  );
}

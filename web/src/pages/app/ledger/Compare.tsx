// A checkpoint that somebody kept, held against the log as it is now.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { LedgerHead } from "../../../api/ledgerWire.ts";
import { TextArea } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { endedSession } from "../access/access.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { compare, type Comparison } from "./compare.ts";

const largest = 65_536;

export function Compare({ head }: { head: LedgerHead }): JSX.Element {
  const [text, setText] = useState("");
  const [found, setFound] = useState<Comparison | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const file = useRef<HTMLInputElement>(null);
  const run = async (kept: string): Promise<void> => {
    setProblem(null);
    setFound(null);
    try {
      setFound(await compare(kept, head));
    } catch (error) {
      if (!endedSession(error)) setProblem(error);
    }
  };
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const kept = chosen.size > largest ? "" : await chosen.text().catch(() => "");
    setText(kept);
    await run(kept);
  };
  return (
    <section class="sheet" aria-labelledby="compare-title">
      <h2 id="compare-title">{t("ledger.compare")}</h2>
      <p>{t("ledger.compare.why")}</p>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void run(text);
        }}
      >
        <TextArea label={t("ledger.compare.field")} mono rows={5} value={text} onValue={setText} />
        <div class="actions">
          <button type="submit" disabled={text.trim() === ""}>
            {t("ledger.compare.go")}
          </button>
          <button type="button" onClick={() => file.current?.click()}>
            <Icon name="file-up" />
            {t("ledger.compare.file")}
          </button>
          <input
            ref={file}
            hidden
            type="file"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </div>
      </form>
      <ProblemNotice problem={problem} />
      {found !== null && (
        <div role="status">
          <Notice tone={found.verdict === "contained" ? "good" : found.verdict === "none" || found.verdict === "foreign" ? "warn" : "bad"}>
            <p>{found.verdict === "contained" ? plural("ledger.compare.contained", found.growth, { size: number(found.size) }) : t(`ledger.compare.${found.verdict}`, { size: number(found.size) })}</p>
          </Notice>
        </div>
      )}
    </section>
  );
}

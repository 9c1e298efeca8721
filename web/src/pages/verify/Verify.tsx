// Drop a piece of evidence: what it proves, step by step, in this page alone.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../ui/Icon.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Working } from "../../ui/Working.tsx";
import { check, isKey, type Checked } from "./check.ts";
import { Report } from "./Report.tsx";
import { language, languages, speak, t, type Language } from "./words.ts";

/** What a reader of evidence takes at most, and a page around it. */
const largest = 256 * 1_048_576;

interface Given {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export function Verify(): JSX.Element {
  const given = useSignal<Given | null>(null);
  const checked = useSignal<Checked | null>(null);
  const working = useSignal(false);
  const problem = useSignal<"large" | "unreadable" | null>(null);
  const key = useSignal("");
  const over = useSignal(false);
  const run = useRef(0);

  const verify = async (): Promise<void> => {
    if (given.value === null) return;
    const mine = ++run.current;
    working.value = true;
    // Lets the browser draw that it is at work: large evidence takes a moment.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const result = await check(given.value.name, given.value.bytes, isKey(key.value) ? key.value.trim() : undefined);
    if (mine !== run.current) return;
    checked.value = result;
    working.value = false;
    requestAnimationFrame(() => document.getElementById("verdict")?.focus());
  };

  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    problem.value = null;
    checked.value = null;
    if (file.size > largest) {
      problem.value = "large";
      return;
    }
    try {
      given.value = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    } catch {
      problem.value = "unreadable";
      return;
    }
    await verify();
  };

  const title = t("title");
  useEffect(() => {
    document.title = `${title} · Baton`;
  }, [title]);

  return (
    <div
      class="verify"
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <Top />
      <main id="content" tabIndex={-1} class="page">
        <div class="page-head">
          <div>
            <h1 tabIndex={-1}>{title}</h1>
            <p class="quiet">{t("lead")}</p>
          </div>
        </div>
        <section class="sheet no-print" aria-label={t("file")}>
          <Drop over={over.value} again={given.value !== null} onFile={(file) => void take(file)} />
          {problem.value !== null && (
            <Notice tone="bad">
              <p>{t(`problem.${problem.value}`)}</p>
            </Notice>
          )}
          <KeyField
            value={key.value}
            onValue={(value) => {
              key.value = value;
              if (value.trim() === "" || isKey(value)) void verify();
            }}
          />
        </section>
        {working.value && checked.value === null && <Working label={t("working")} done={null} />}
        {checked.value !== null && <Report checked={checked.value} />}
        {checked.value === null && !working.value && <About />}
      </main>
    </div>
  );
}

function Top(): JSX.Element {
  return (
    <header class="top">
      <div class="top-row">
        <span class="brand">
          <svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
            <rect width="24" height="24" rx="6" fill="currentColor" />
            <path d="M7 17 17 7" class="mark-bar" stroke-width="5" stroke-linecap="round" />
          </svg>
          Baton
        </span>
        <div class="top-end">
          <select class="language" aria-label={t("language")} value={language.value} onChange={(event) => speak(event.currentTarget.value as Language)}>
            {Object.entries(languages).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </div>
    </header>
  );
}

function Drop({ over, again, onFile }: { over: boolean; again: boolean; onFile: (file: File | undefined) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class={`drop ${over ? "over" : ""}`}>
      <Icon name="scroll-text" size={28} />
      <p>{t("drop")}</p>
      <input
        ref={input}
        hidden
        type="file"
        accept=".html,.htm,.json,text/html,application/json"
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <button type="button" class={again ? "" : "primary"} onClick={() => input.current?.click()}>
        {t(again ? "choose.again" : "choose")}
      </button>
    </div>
  );
}

function KeyField({ value, onValue }: { value: string; onValue: (value: string) => void }): JSX.Element {
  const wrong = value.trim() !== "" && !isKey(value);
  return (
    <div class="field">
      <label for="key">
        {t("key")} <span class="quiet">· {t("optional")}</span>
      </label>
      <input
        id="key"
        class="mono"
        value={value}
        autocomplete="off"
        spellcheck={false}
        autocapitalize="none"
        aria-describedby={wrong ? "key-hint key-error" : "key-hint"}
        {...(wrong && { "aria-invalid": true as const })}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <p class="hint" id="key-hint">
        {t("key.hint")}
      </p>
      {wrong && (
        <p class="error" id="key-error">
          <Icon name="circle-alert" size={16} />
          {t("key.bad")}
        </p>
      )}
    </div>
  );
}

/** Before anything is dropped: what will be looked at, and what it can't say. */
function About(): JSX.Element {
  const served = location.protocol === "https:" || location.protocol === "http:";
  return (
    <section class="sheet" aria-labelledby="about">
      <h2 id="about">{t("about")}</h2>
      <ul class="about">
        {(["about.local", "about.steps", "about.stamps", "about.trust"] as const).map((key) => (
          <li key={key}>
            <Icon name="check" size={16} />
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
      {served && (
        <p>
          <a href="/verify" download="baton-verify.html">
            {t("save")}
          </a>
        </p>
      )}
    </section>
  );
}

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Dialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { language, languages, t, type Language } from "../../ui/text/index.ts";
import { access, followSession, lockAll, signOutHere } from "./access/access.ts";
import type { Vault } from "./keys/vault.ts";
import { chooseLanguage } from "./language.ts";
import { Link } from "./Link.tsx";
import { go } from "./place.ts";
import { ProblemNotice } from "./ProblemNotice.tsx";

export function TopBar(): JSX.Element {
  const now = access.value;
  return (
    <header class="top">
      <div class="top-row">
        <Link to={now.kind === "open" ? "/vault" : "/"} class="brand">
          <Mark />
          Baton
        </Link>
        {now.kind === "open" && (
          <nav aria-label={t("app.main")}>
            <Link to="/vault">
              <Icon name="vault" />
              {t("app.vault")}
            </Link>
            <Link to="/new">
              <Icon name="send" />
              {t("app.new")}
            </Link>
            <Link to="/history">
              <Icon name="scroll-text" />
              {t("app.history")}
            </Link>
            <Link to="/organization">
              <Icon name="users" />
              {t("app.organization")}
            </Link>
          </nav>
        )}
        <div class="top-end">
          <select class="language" aria-label={t("app.language")} value={language.value} onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}>
            {Object.entries(languages).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
          {now.kind === "open" && (
            <>
              <button type="button" class="plain" aria-label={t("app.lock")} title={t("app.lock")} onClick={() => lockAll()}>
                <Icon name="lock" />
              </button>
              <AccountMenu vault={now.vault} />
            </>
          )}
        </div>
      </div>
    </header>
  );
}

function Mark(): JSX.Element {
  return (
    <svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="currentColor" />
      <path d="M7 17 17 7" class="mark-bar" stroke-width="5" stroke-linecap="round" />
    </svg>
  );
}

function AccountMenu({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  const menu = useRef<HTMLDetailsElement>(null);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { member, organization } = vault.session;
  const signOut = (everywhere: boolean): void => {
    signOutHere(everywhere).catch(setProblem);
  };
  const close = (): void => {
    if (menu.current) menu.current.open = false;
  };
  return (
    <>
      <details
        class="menu"
        ref={menu}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !menu.current?.open) return;
          close();
          menu.current.querySelector("summary")?.focus();
        }}
        onFocusOut={(event) => {
          if (event.relatedTarget instanceof Node && !menu.current?.contains(event.relatedTarget)) close();
        }}
      >
        <summary aria-label={`${t("app.menu")}: ${member.name}`}>
          <Icon name="user-round" />
          <span class="name">{member.name}</span>
          <Icon name="chevron-down" size={16} />
        </summary>
        <div class="menu-sheet">
          <div class="who">
            <strong>{member.name}</strong>
            <div class="hint">{member.email}</div>
            <div class="hint">{organization.name}</div>
          </div>
          <button
            type="button"
            class="plain"
            onClick={() => {
              close();
              go("/account");
            }}
          >
            <Icon name="user-round" />
            {t("app.account")}
          </button>
          <button type="button" class="plain" onClick={() => lockAll()}>
            <Icon name="lock" />
            {t("app.lock")}
          </button>
          <button type="button" class="plain" onClick={() => signOut(false)}>
            <Icon name="log-out" />
            {t("app.signOut")}
          </button>
          <button
            type="button"
            class="plain"
            onClick={() => {
              close();
              setAsking(true);
            }}
          >
            <Icon name="shield-alert" />
            {t("app.signOutAll")}
          </button>
          <ProblemNotice problem={problem} />
        </div>
      </details>
      {asking && (
        <Dialog title={t("app.signOutAll.ask")} onClose={() => setAsking(false)}>
          <p>{t("app.signOutAll.body")}</p>
          <ProblemNotice problem={problem} />
          <div class="actions end">
            <button type="button" onClick={() => setAsking(false)}>
              {t("app.cancel")}
            </button>
            <button type="button" class="danger" onClick={() => signOut(true)}>
              {t("app.signOutAll")}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

// What is shown where, by who is here.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Announcer } from "../../ui/Announcer.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { t, type TextKey } from "../../ui/text/index.ts";
import { Working } from "../../ui/Working.tsx";
import { access, server, start } from "./access/access.ts";
import { Recover } from "./access/Recover.tsx";
import { SetUp } from "./access/SetUp.tsx";
import { SignIn } from "./access/SignIn.tsx";
import { Unlock } from "./access/Unlock.tsx";
import { later } from "./Later.tsx";
import { Join } from "./join/Join.tsx";
import { Pending } from "./join/Pending.tsx";
import { TrialBanner } from "./Trial.tsx";
import { Composer } from "./compose/Composer.tsx";
import { subject } from "./evidence/open.ts";
import { exchange } from "./exchange/open.ts";
import { Alarms } from "./history/Alarms.tsx";
import { History } from "./history/History.tsx";
import { HistoryEntry } from "./history/HistoryEntry.tsx";
import type { Vault } from "./keys/vault.ts";
import { answerLeaving, go, leaving, path, replace } from "./place.ts";
import { ProblemNotice } from "./ProblemNotice.tsx";
import { TopBar } from "./TopBar.tsx";
import { placeOf } from "./vault/view.ts";

/** What the window, the tab and a screen reader call the page; never a handover's own title, which browsers keep in their history. */
function titleOf(): TextKey {
  switch (access.value.kind) {
    case "new":
      return "setup.title";
    case "open":
      return path.value === "/i" ? "join.title" : titleOfOpen(path.value);
    case "locked":
    case "signed-out":
      if (path.value === "/i") return "join.title";
      if (path.value === "/sign-up" && access.value.kind === "signed-out") return "signUp.title";
      if (path.value === "/recover") return "recover.title";
      return access.value.kind === "locked" ? "unlock.title" : "signIn.title";
    case "pending":
      return "pending.title";
    default:
      return "app.loading";
  }
}

function titleOfOpen(at: string): TextKey {
  if (at.startsWith("/history")) return "history.title";
  if (at === "/organization/groups") return "organization.groups";
  if (at === "/organization/policy") return "organization.policy";
  if (at === "/organization") return "organization.members";
  if (at === "/organization/audit") return "organization.audit";
  if (at === "/organization/ledger") return "organization.ledger";
  if (at === "/organization/data") return "organization.data";
  if (at === "/account") return "account.title";
  return at === "/new" ? "compose.title" : "vault.title";
}

export function App(): JSX.Element {
  const title = `${t(titleOf())} · Baton`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        {t("app.skip")}
      </a>
      <TopBar />
      {access.value.kind === "open" && <TrialBanner organization={access.value.vault.session.organization} />}
      <Alarms />
      <main id="content" tabIndex={-1} class="page">
        <Page />
      </main>
      <Announcer />
      {leaving.value !== null && <LeaveDialog />}
    </>
  );
}

/** The address stays: a fragment in it would look like one of Baton's links. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

function Page(): JSX.Element {
  const now = access.value;
  // An invitation opens whoever is here; accepting it signs in in their place.
  if (path.value === "/i" && ["signed-out", "locked", "open"].includes(now.kind)) return <Join />;
  switch (now.kind) {
    case "starting":
      return <Starting />;
    case "insecure":
      return <Message title="app.insecure" body="app.insecure.body" />;
    case "unreachable":
      return (
        <div class="narrow">
          <div class="sheet">
            <h1 tabIndex={-1}>Baton</h1>
            <ProblemNotice problem={now.problem} />
            <button type="button" class="primary" onClick={() => void start()}>
              {t("app.retry")}
            </button>
          </div>
        </div>
      );
    case "new":
      return <SetUp />;
    case "signed-out":
      return path.value === "/sign-up" ? <SignUp /> : path.value === "/recover" ? <Recover /> : <SignIn ended={now.ended} turnedAway={now.turnedAway === true} setUpDone={path.value === "/setup"} />;
    case "locked":
      return path.value === "/recover" ? <Recover /> : <Unlock session={now.session} idleMinutes={now.idleMinutes} refused={now.problem ?? null} />;
    case "pending":
      return <Pending now={now} />;
    case "open":
      return (
        <>
          <Open vault={now.vault} />
          {exchange.value !== null && <Exchange vault={now.vault} />}
          {subject.value !== null && <EvidenceDialog vault={now.vault} />}
        </>
      );
  }
}

/** Nothing for the first moments, so that a quick answer doesn't flicker. */
function Starting(): JSX.Element {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return <div class="narrow">{slow && <Working label={t("app.loading")} done={null} />}</div>;
}

const Exchange = later(async () => (await import("./exchange/Exchange.tsx")).Exchange);
const VaultPage = later(async () => (await import("./vault/VaultPage.tsx")).VaultPage);
function SignUp(): JSX.Element {
  return server.value?.signUp === "open" ? <SetUp withoutCode /> : <Message title="signUp.closed" body="signUp.closed.body" />;
}

const Members = later(async () => (await import("./organization/Members.tsx")).Members);
const Groups = later(async () => (await import("./groups/Groups.tsx")).Groups);
const Audit = later(async () => (await import("./audit/Audit.tsx")).Audit);
const LedgerPage = later(async () => (await import("./ledger/LedgerPage.tsx")).LedgerPage);
const PersonalData = later(async () => (await import("./data/PersonalData.tsx")).PersonalData);
const EvidenceDialog = later(async () => (await import("./evidence/EvidenceDialog.tsx")).EvidenceDialog);
const Policy = later(async () => (await import("./policy/Policy.tsx")).Policy);
const Account = later(async () => (await import("./account/Account.tsx")).Account);

/** Addresses that lead to the vault once somebody is in. */
const beforeTheVault: readonly string[] = ["/", "/setup", "/recover", "/sign-up"];

function Open({ vault }: { vault: Vault }): JSX.Element {
  const at = path.value;
  const entry = /^\/history\/([\w-]{22})$/.exec(at)?.[1];
  useEffect(() => {
    // Whoever was quicker than this effect is somewhere else already.
    if (beforeTheVault.includes(path.peek())) replace("/vault");
  }, [at]);
  if (beforeTheVault.includes(at) || placeOf(at) !== undefined) return <VaultPage />;
  if (at === "/new") return <Composer vault={vault} />;
  if (at === "/history") return <History vault={vault} />;
  if (entry !== undefined) return <HistoryEntry key={entry} vault={vault} handover={entry} />;
  if (at === "/organization") return <Members vault={vault} />;
  if (at === "/organization/groups") return <Groups vault={vault} />;
  if (at === "/organization/policy") return <Policy vault={vault} />;
  if (at === "/organization/audit") return <Audit vault={vault} />;
  if (at === "/organization/ledger") return <LedgerPage vault={vault} />;
  if (at === "/organization/data") return <PersonalData vault={vault} />;
  if (at === "/account") return <Account vault={vault} />;
  return <Message title="app.notFound" body="app.notFound.body" />;
}

function Message({ title, body }: { title: TextKey; body: TextKey }): JSX.Element {
  return (
    <div class="narrow">
      <div class="sheet">
        <h1 tabIndex={-1}>{t(title)}</h1>
        <p>{t(body)}</p>
        {title === "app.notFound" && (
          <button type="button" class="primary" onClick={() => go("/history")}>
            {t("app.history")}
          </button>
        )}
      </div>
    </div>
  );
}

function LeaveDialog(): JSX.Element {
  return (
    <Dialog title={t("leave.ask")} onClose={() => answerLeaving(false)}>
      <Notice tone="warn">
        <p>{t("leave.body")}</p>
      </Notice>
      <div class="actions end">
        <button type="button" onClick={() => answerLeaving(true)}>
          {t("leave.go")}
        </button>
        <button type="button" class="primary" onClick={() => answerLeaving(false)}>
          {t("leave.stay")}
        </button>
      </div>
    </Dialog>
  );
}

import type { Dictionary } from "./index.ts";
import { account } from "./de/account.ts";
import { audit } from "./de/audit.ts";
import { compose } from "./de/compose.ts";
import { evidence } from "./de/evidence.ts";
import { exchange } from "./de/exchange.ts";
import { handing } from "./de/handing.ts";
import { history } from "./de/history.ts";
import { kept } from "./de/kept.ts";
import { own } from "./de/own.ts";
import { people } from "./de/people.ts";
import { rights } from "./de/rights.ts";
import { vault } from "./de/vault.ts";

const de: Dictionary = { ...account, ...audit, ...compose, ...evidence, ...exchange, ...handing, ...history, ...kept, ...own, ...people, ...rights, ...vault };
export default de;

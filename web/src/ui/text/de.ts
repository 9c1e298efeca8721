import type { Dictionary } from "./index.ts";
import { account } from "./de/account.ts";
import { compose } from "./de/compose.ts";
import { history } from "./de/history.ts";

const de: Dictionary = { ...account, ...compose, ...history };
export default de;

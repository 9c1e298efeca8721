import type { Dictionary } from "./index.ts";
import { account } from "./pl/account.ts";
import { compose } from "./pl/compose.ts";
import { history } from "./pl/history.ts";

const pl: Dictionary = { ...account, ...compose, ...history };
export default pl;

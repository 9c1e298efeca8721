import { render } from "preact";
import "../../ui/styles/base.css";
import "../../ui/styles/controls.css";
import "../../ui/styles/marks.css";
import "../../ui/styles/layout.css";
import "../../ui/styles/compose.css";
import "../../ui/styles/history.css";
import { preferredLanguage, speak } from "../../ui/text/index.ts";
import { start } from "./access/access.ts";
import { watchIdleTime } from "./access/idle.ts";
import { App } from "./App.tsx";
import { rememberedLanguage } from "./language.ts";
import { watchAddress } from "./place.ts";

watchAddress();
watchIdleTime();
await speak(preferredLanguage(rememberedLanguage(), navigator.languages)).catch(() => speak("en"));
render(<App />, document.getElementById("app")!);
await start();

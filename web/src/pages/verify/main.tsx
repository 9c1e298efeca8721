// The Verify page: one file that needs no server and connects to nothing. spec/evidence.md §4.
import { render } from "preact";
import "../../ui/styles/base.css";
import "../../ui/styles/controls.css";
import "../../ui/styles/marks.css";
import "../../ui/styles/layout.css";
import "./style.css";
import { Verify } from "./Verify.tsx";
import { speak, spoken } from "./words.ts";

speak(spoken(navigator.languages));
const app = document.getElementById("app")!;
app.replaceChildren();
render(<Verify />, app);

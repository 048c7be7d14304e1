// Everything is handed in: this browser keeps none of it.
import { wipe } from "./drafts.js";

wipe(document.getElementById("leave").dataset.sheet);

// A page of a questionnaire: saves while somebody answers. Without it the page is a plain form.
import { Saving } from "./saving.js";
import { read } from "./fields.js";
import { listenToKeys } from "./keys.js";
import { showLevel } from "./level.js";

const form = document.getElementById("asking");
const state = document.getElementById("state");
const saving = new Saving(form, state);

const isText = (control) => control.tagName === "TEXTAREA" || control.type === "text";
const nameOf = (control) => (control.closest("[data-field]") ? control.name : "");

function changed(event, typing) {
  const name = nameOf(event.target);
  if (!name || name.startsWith("was:")) return;
  if (typing !== isText(event.target)) {
    // Leaving a text sends it at once.
    if (isText(event.target)) saving.flush();
    return;
  }
  saving.note(name, typing);
  refresh();
}

form.addEventListener("input", (event) => changed(event, true));
form.addEventListener("change", (event) => changed(event, false));
form.addEventListener("written", () => refresh());

form.addEventListener("click", (event) => {
  if (!event.target.matches("[data-take-back]")) return;
  const group = event.target.closest("[data-field]");
  const radios = [...group.querySelectorAll(`input[type="radio"]`)];
  for (const radio of radios) radio.checked = false;
  saving.note(group.dataset.field, false);
  refresh();
  radios.find((radio) => radio.checkVisibility())?.focus();
});

// Continue goes on when everything is kept, and stays here when it is not.
let going = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (going) return;
  going = true;
  saving.noteTyped();
  const isDone = await saving.flush();
  going = false;
  if (isDone && navigator.onLine) location.assign(form.dataset.next);
  else if (isDone) saving.show(form.dataset.offline);
  else form.querySelector(".other button, .wrong textarea, .wrong input:not([type=hidden]), .wrong select")?.focus();
});

window.addEventListener("online", () => saving.flush());
window.addEventListener("focus", () => saving.lost && saving.flush());
document.addEventListener("visibilitychange", () => saving.flush());
window.addEventListener("beforeunload", (event) => {
  if (!saving.keeps && saving.pending.size) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

function refresh() {
  for (const button of form.querySelectorAll("[data-take-back]")) {
    button.hidden = !read(form, button.closest("[data-field]").dataset.field);
  }
  showLevel(form);
}

if (matchMedia("(min-width: 60rem)").matches) {
  for (const each of document.querySelectorAll("[data-beside]")) each.open = true;
}
listenToKeys(form);
refresh();
saving.resume();

// A field that was changed elsewhere meanwhile.
import { groupOf } from "./fields.js";

// Both values, and the person chooses.
export function offer(form, { name, words, mine }, keepMine, takeTheirs) {
  const group = groupOf(form, name);
  withdraw(form, name);
  const box = document.createElement("div");
  box.className = "other";
  const lines = [
    ["b", form.dataset.there],
    ["p", `${form.dataset.theirs} ${words}`],
    ["p", `${form.dataset.mine} ${mine}`],
  ];
  for (const [kind, text] of lines) {
    const line = box.appendChild(document.createElement(kind));
    line.textContent = text;
    line.dir = "auto";
  }
  const deeds = box.appendChild(document.createElement("div"));
  deeds.className = "deeds";
  for (const [text, deed] of [[form.dataset.keepMine, keepMine], [form.dataset.takeTheirs, takeTheirs]]) {
    const button = deeds.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "button second";
    button.textContent = text;
    button.addEventListener("click", () => {
      withdraw(form, name);
      deed();
    });
  }
  const error = group.querySelector("[data-error]");
  error.after(box);
}

export function withdraw(form, name) {
  groupOf(form, name)?.querySelector(".other")?.remove();
}

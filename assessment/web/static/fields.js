// The fields of a page: what each holds, what it showed, and the words beside it.
export const groupOf = (form, name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);

const control = (form, name) => form.elements.namedItem(name);
const was = (form, name) => form.elements.namedItem(`was:${name}`);

export const shown = (form, name) => was(form, name).value;

export function setShown(form, name, value) {
  was(form, name).value = value;
}

export function read(form, name) {
  const found = control(form, name);
  if (found.type === "checkbox") return found.checked ? found.value : "";
  return found.value;
}

export function write(form, name, value) {
  const found = control(form, name);
  if (found instanceof RadioNodeList) {
    for (const radio of found) radio.checked = radio.value === value;
    const range = [...found].find((radio) => radio.checked)?.closest("details");
    if (range) range.open = true;
  } else if (found.type === "checkbox") {
    found.checked = found.value === value;
  } else {
    found.value = value;
    found.closest("details")?.setAttribute("open", "");
  }
  form.dispatchEvent(new CustomEvent("written", { detail: name }));
}

export function say(form, name, sentence) {
  const group = groupOf(form, name);
  const error = group?.querySelector("[data-error]");
  if (!error) return;
  error.textContent = sentence;
  error.hidden = !sentence;
  group.classList.toggle("wrong", Boolean(sentence));
}

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

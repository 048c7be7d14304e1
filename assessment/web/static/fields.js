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

// Every field of the page that holds something else than it showed.
export function touched(form) {
  const names = [...form.querySelectorAll("[data-field]")].map((group) => group.dataset.field);
  return names.filter((name) => read(form, name) !== shown(form, name));
}

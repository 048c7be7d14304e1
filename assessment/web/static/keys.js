// Digits choose in the group that has the focus; nowhere else, so that nobody answers by accident.
export function listenToKeys(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
    if (event.target.type !== "radio") return;
    const group = event.target.closest("fieldset");
    const radio = group?.querySelector(`input[data-key="${event.key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.focus();
    if (radio.checked) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

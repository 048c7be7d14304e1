// On a shared device: after two and a half minutes without a touch it asks, half a minute later it
// forgets whoever was here.
const ASK = 150 * 1000;
const LEAVE = 30 * 1000;

const form = document.getElementById("leave");
const dialog = document.getElementById("idle");
let timer;

function begin() {
  clearTimeout(timer);
  timer = setTimeout(ask, ASK);
}

function ask() {
  dialog.showModal();
  timer = setTimeout(leave, LEAVE);
}

function leave() {
  form.elements.why.value = "idle";
  document.documentElement.removeAttribute("data-unsent");
  form.submit();
}

for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
  addEventListener(kind, () => dialog.open || begin(), { passive: true });
}
dialog.addEventListener("close", begin);
dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close());
begin();

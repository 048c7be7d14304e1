// Leaving wipes what this browser keeps. What has not been sent yet is said first.
import { wipe } from "./drafts.js";

const form = document.getElementById("leave");
const LONGEST = 1500;
let warned = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const began = performance.now();
  while (isUnsent() && performance.now() - began < LONGEST) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (isUnsent() && !warned && !form.elements.why.value) {
    warned = true;
    document.getElementById("state").textContent = form.dataset.unsent;
    return;
  }
  await wipe(form.dataset.sheet);
  form.submit();
});

function isUnsent() {
  return document.documentElement.hasAttribute("data-unsent");
}

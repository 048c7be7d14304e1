// The secret of a link stands after # and so reaches no server log. It is taken out of the address
// at once and put into the form; only pressing the button uses it up, since mail scanners open links.
const form = document.getElementById("sign-in");

function take() {
  const secret = location.hash.slice(1);
  if (!secret || secret === "main") return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = secret;
  form.querySelector("[data-typed]").hidden = true;
  form.querySelector("[data-ready]").hidden = false;
  form.querySelector("button").focus();
}

// A link that is opened while this page is shown changes only what stands after #.
addEventListener("hashchange", take);
take();

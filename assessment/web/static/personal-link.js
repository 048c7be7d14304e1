// The pass of a personal link stands after # and so reaches no server log. It is taken out of the
// address at once; pressing Start exchanges it for a cookie, since mail scanners open links too.
const form = document.getElementById("enter");

function take() {
  const pass = location.hash.slice(1);
  if (!pass || pass === "main") return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = pass;
  form.querySelector("[data-typed]").hidden = true;
  form.querySelector("[data-ready]").hidden = false;
  form.querySelector("button").focus();
}

// A link that is opened while this page is shown changes only what stands after #.
addEventListener("hashchange", take);
take();

// The secret of a link stands after # and so reaches no server log. It is taken out of the address
// at once and put into the form; only pressing the button uses it up, since mail scanners open links.
const secret = location.hash.slice(1);
const form = document.getElementById("sign-in");

if (secret && form) {
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = secret;
  form.querySelector("[data-typed]").hidden = true;
  document.querySelector("[data-ready]").hidden = false;
  form.querySelector("button").focus();
}

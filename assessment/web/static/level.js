// The level that criteria have reached, by the rule the server goes by: up from level 1; a "no" stops
// at the level below, an open criterion leaves it undetermined, one that does not apply drops out.
export function showLevel(form) {
  const place = form.querySelector("[data-reached]");
  if (!place) return;
  const words = reached(form) ?? form.querySelector("#reached").dataset.none;
  if (place.textContent !== words) place.textContent = words;
}

function reached(form) {
  let label = "0";
  let counts = false;
  for (const level of form.querySelectorAll("[data-level]")) {
    const said = [...level.querySelectorAll("fieldset.criterion")].map(
      (each) => each.querySelector("input:checked")?.value ?? "",
    );
    const counted = said.filter((each) => each !== "na");
    counts ||= counted.length > 0;
    if (counted.includes("no")) return label;
    if (counted.some((each) => each !== "yes")) return null;
    label = level.dataset.label;
  }
  return counts ? label : null;
}

// What a page says to the server: the fields that have changed, and the question whose page it is now.
const KEEPALIVE = 60000;

export const placeOf = (name) => name.slice(name.indexOf(":") + 1);
export const kindOf = (name) => name.slice(0, name.indexOf(":"));
export const nameOf = ({ place, kind }) => `${kind}:${place}`;

export function put(form, batch) {
  const changes = batch.map(({ name, shown, value }) => ({
    place: placeOf(name),
    kind: kindOf(name),
    shown,
    value,
  }));
  const body = JSON.stringify({ changes });
  return fetch(form.dataset.answers, {
    method: "PUT",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": form.elements.csrf_token.value,
    },
    body,
    keepalive: body.length < KEEPALIVE,
  });
}

export async function standing(form) {
  const found = await fetch(form.dataset.standing, { headers: { Accept: "application/json" } });
  return found.ok ? found.json() : null;
}

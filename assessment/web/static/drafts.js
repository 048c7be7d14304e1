// Answers that have not reached the server yet, kept in this browser. Each belongs to one sheet, which
// is one person in one cycle. On a shared device nobody calls this: there, nothing is kept.
const STORE = "drafts";
const LONGEST = 30 * 24 * 3600 * 1000;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("touchstone", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: ["sheet", "name"] });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(mode, deed) {
  let database;
  try {
    database = await opened();
  } catch {
    return undefined; // A browser that keeps nothing: the page itself still has everything.
  }
  return new Promise((resolve) => {
    const work = database.transaction(STORE, mode);
    const asked = deed(work.objectStore(STORE));
    const end = () => {
      database.close();
      resolve(asked?.result);
    };
    work.oncomplete = end;
    work.onabort = end;
  });
}

export const put = (draft) => inStore("readwrite", (store) => store.put(draft));

// Only if it is still the version that was sent: somebody may have gone on writing meanwhile.
export function drop({ sheet, name, stamp }) {
  return inStore("readwrite", (store) => {
    const asked = store.get([sheet, name]);
    asked.onsuccess = () => {
      if (asked.result?.stamp === stamp) store.delete([sheet, name]);
    };
  });
}

export async function of(sheet, now = Date.now()) {
  const all = (await inStore("readonly", (store) => store.getAll())) ?? [];
  const old = all.filter((draft) => now - draft.at > LONGEST);
  await Promise.all(old.map(drop));
  return all.filter((draft) => draft.sheet === sheet && !old.includes(draft));
}

export function wipe(sheet) {
  return inStore("readwrite", (store) =>
    store.delete(IDBKeyRange.bound([sheet, ""], [sheet, "\uffff"])),
  );
}

// Asks for the worker that shows a page in words where the connection is gone; not on a shared device,
// where nothing is kept. On that page itself it waits until the connection is back: the address is
// still the one that was asked for.
const page = document.getElementById("offline");
if (page) {
  // Somebody who opens the page at its own address reads it in peace.
  if (location.pathname !== page.dataset.address) {
    addEventListener("online", goOn);
    setInterval(() => navigator.onLine && goOn(), 3000);
  }
} else if (document.querySelector("[data-own]")) {
  // A browser that keeps no worker shows its own words: nothing else depends on this.
  addEventListener("load", () => {
    navigator.serviceWorker?.register("/sw.js", { scope: "/r/" }).catch(() => {});
  });
}

// A network that says it is there may not reach the server yet.
async function goOn() {
  const answered = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (answered) location.reload();
}
